package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadProgressTest {
  private static final long S = 1_000_000_000L;

  private final LoadProgress progress = new LoadProgress();

  @Test
  void iterationsTellHowLongItTakes() {
    progress.begin(LoadProgress.LoadStage.LOAD, 10 * S, 400, Schedule.UNLIMITED);
    count(100);

    assertEquals("load  100 done  50/s  25%  0:06 left", progress.line(12 * S));
  }

  @Test
  void soDoesADuration() {
    progress.begin(LoadProgress.LoadStage.LOAD, 0, Schedule.UNLIMITED, 120 * S);
    count(3000);

    assertEquals("load  3,000 done  100/s  25%  1:30 left", progress.line(30 * S));
  }

  @Test
  void whatEndsFirstCounts() {
    progress.begin(LoadProgress.LoadStage.LOAD, 0, 1000, 120 * S);
    count(500);

    assertEquals("load  500 done  17/s  50%  0:30 left", progress.line(30 * S));
  }

  @Test
  void eachPhaseCountsAnew() {
    progress.begin(LoadProgress.LoadStage.WARM_UP, 0, 100, Schedule.UNLIMITED);
    count(100);
    progress.begin(LoadProgress.LoadStage.VERIFY, 5 * S, 40, Schedule.UNLIMITED);
    count(10);

    assertEquals("orders  10 done  10/s  25%  0:03 left", progress.line(6 * S));
  }

  @Test
  void beforeTheFirstAnswerThereIsOnlyWaiting() {
    assertEquals("waiting for the store's first answer", progress.line(S));
  }

  @Test
  void withNothingDoneThereIsNothingToForetell() {
    progress.begin(LoadProgress.LoadStage.LOAD, 0, 100, Schedule.UNLIMITED);

    assertEquals("load  0 done  0/s", progress.line(S));
  }

  private void count(int times) {
    for (int i = 0; i < times; i++) {
      progress.count();
    }
  }
}
