package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HealthWatchTest {
  private final HealthWatch watch = new HealthWatch(300);

  @Test
  void howeverSlowItWasItIsWaitedForNoLongerThanTenTimesTheUsual() {
    watch.ask(0);
    watch.answered(60_000, 0);
    watch.ask(60_100);

    watch.review(60_100 + 2_600);
    assertFalse(watch.lost());
    watch.review(60_100 + 3_000);

    assertTrue(watch.lost());
  }

  @Test
  void silenceIsCountedFromTheFirstCheckWithoutAnAnswer() {
    watch.ask(0);
    watch.answered(1, 0);
    for (long nowMs = 100; nowMs < 400; nowMs += 100) {
      watch.ask(nowMs);
      watch.review(nowMs);
      assertFalse(watch.lost());
    }

    watch.review(400);

    assertTrue(watch.lost());
    assertFalse(watch.down(), "silent is not down");
  }

  @Test
  void whoIsQuickIsAsSlowAsUsual() {
    watch.ask(0);
    watch.answered(70, 0);

    assertEquals(1, watch.slowness());
  }
}
