package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long TRIP = TimeUnit.MILLISECONDS.toNanos(4);
  private static final int ENOUGH = 16;

  private final Gathering gathering = new Gathering(ENOUGH);
  private long now = 1_000 * TRIP;

  @Test
  void withoutATripBeforeNobodyIsWaitedFor() {
    gathering.came(now);

    assertEquals(0, gathering.patience(1, now, false, now));
    assertEquals(0, gathering.patience(1, now, true, now));
  }

  @Test
  void oneWhoAsksAloneNeverWaits() {
    theyAskAgainAndAgain(1);

    gathering.came(now);

    assertEquals(0, gathering.patience(1, now, false, now));
  }

  @Test
  void thoseWhoAskAgainAreWaitedForUntilAllAreThere() {
    theyAskAgainAndAgain(5);

    gathering.came(now);
    assertTrue(gathering.patience(4, now, false, now) > 0);
    gathering.came(now);

    assertEquals(0, gathering.patience(5, now, false, now));
  }

  @Test
  void whoWaitedWhenTheOthersWereAnsweredWaitsForThem() {
    theyAskAgainAndAgain(3);
    comeBack(3);
    end(3, 2);

    assertTrue(gathering.patience(4, now, false, now) > 0);
    assertEquals(0, gathering.patience(5, now, false, now));
  }

  @Test
  void thoseWhoShouldComeBackAreWaitedForHalfATripAtMost() {
    theyAskAgainAndAgain(5);

    assertTrue(gathering.patience(1, now, false, now) <= TRIP / 2);
    assertEquals(0, gathering.patience(1, now, false, now + TRIP / 2));
  }

  @Test
  void aTripUnderWayIsWaitedForUntilItShouldBeBack() {
    theyAskAgainAndAgain(5);
    gathering.left(now);

    assertTrue(gathering.patience(1, now, true, now + TRIP * 3 / 4) > 0);
    assertEquals(0, gathering.patience(1, now, true, now + TRIP * 5 / 4));
  }

  @Test
  void howeverLongATripTakesNobodyWaitsForMoreThanFiftyMilliseconds() {
    for (int trip = 0; trip < 100; trip++) {
      comeBack(5);
      now += 1_000 * TRIP;
      gathering.ended(5, 1_000 * TRIP, 0, now);
    }
    comeBack(5);
    gathering.left(now);
    long later = now + TimeUnit.MILLISECONDS.toNanos(50);

    assertEquals(0, gathering.patience(1, now, false, later));
    assertEquals(0, gathering.patience(1, now, true, later));
  }

  @Test
  void enoughLeaveAtOnce() {
    theyAskAgainAndAgain(50);

    assertTrue(gathering.patience(ENOUGH - 1, now, false, now) > 0);
    assertEquals(0, gathering.patience(ENOUGH, now, false, now));
    assertEquals(0, gathering.patience(ENOUGH, now, true, now));
  }

  @Test
  void whoAsksOnceAndGoesIsNotWaitedFor() {
    theyAskAgainAndAgain(5);
    end(5, 0); // None of the five before it has come back.
    gathering.left(now);

    assertEquals(0, gathering.patience(1, now, false, now));
    assertEquals(0, gathering.patience(1, now, true, now));
  }

  @Test
  void asManyAreWaitedForAsCameBackTheLastTime() {
    theyAskAgainAndAgain(10);
    comeBack(6);
    end(10, 0);

    assertTrue(gathering.patience(5, now, false, now) > 0);
    assertEquals(0, gathering.patience(6, now, false, now));
  }

  @Test
  void whoComesLateHasNotComeBack() {
    theyAskAgainAndAgain(1);
    now += TRIP;
    comeBack(1);
    end(1, 0);
    gathering.left(now);

    assertEquals(0, gathering.patience(1, now, true, now));
  }

  @Test
  void aTripThatFailedBringsNobodyBack() {
    theyAskAgainAndAgain(5);
    comeBack(5);
    end(0, 2);

    assertEquals(0, gathering.patience(2, now, false, now));
    end(2, 0);
    gathering.left(now);
    assertEquals(0, gathering.patience(1, now, true, now));
  }

  /** Until the trip is known, and ends with the answer to all of them. */
  private void theyAskAgainAndAgain(int clients) {
    for (int trip = 0; trip < 50; trip++) {
      comeBack(clients);
      end(clients, 0);
    }
  }

  private void comeBack(int clients) {
    for (int client = 0; client < clients; client++) {
      gathering.came(now);
    }
  }

  private void end(int size, int waiting) {
    now += TRIP;
    gathering.ended(size, TRIP, waiting, now);
  }
}
