package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenessTest {
  private static final long MS = 1_000_000;

  private final Lateness lateness = new Lateness(0);

  @Test
  void aLoopThatTicksInTimeIsNotLate() {
    for (int i = 1; i <= 100; i++) {
      lateness.tick(i * 21 * MS);
    }

    assertEquals(new Lateness.Sum(0, 0), lateness.sum(2_105 * MS));
  }

  @Test
  void whatIsMoreThanAPeriodIsLate() {
    lateness.tick(120 * MS);
    lateness.tick(440 * MS);

    assertEquals(new Lateness.Sum(300 * MS, 400 * MS), lateness.sum(440 * MS));
  }

  @Test
  void ticksThatComeInABurstAfterAStallCountItOnce() {
    lateness.tick(1_020 * MS);
    lateness.tick(1_020 * MS);
    lateness.tick(1_021 * MS);

    assertEquals(1_000 * MS, lateness.totalNs(1_021 * MS));
  }

  @Test
  void aTickThatIsStillToComeCountsAlready() {
    assertEquals(2_980 * MS, lateness.totalNs(3_000 * MS));
  }

  @Test
  void whatWasBeforeTheLoadThatCountsIsForgotten() {
    lateness.tick(1_020 * MS);
    lateness.forget();
    lateness.tick(1_140 * MS);

    assertEquals(new Lateness.Sum(100 * MS, 100 * MS), lateness.sum(1_140 * MS));
  }

  @Test
  void ownLatenessExcusesSilenceButOnlyInItsTime() {
    Duration limit = Duration.ofSeconds(2);
    lateness.tick(500 * MS);
    long before = lateness.totalNs(500 * MS);
    lateness.tick(520 * MS);
    assertFalse(lateness.excuses(before, 530 * MS, limit), "late before, not since");

    lateness.tick(760 * MS);
    assertTrue(lateness.excuses(before, 760 * MS, limit));
    assertFalse(lateness.excuses(before, 760 * MS, Duration.ofSeconds(12)), "it had its time");
  }
}
