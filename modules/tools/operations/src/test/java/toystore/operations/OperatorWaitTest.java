package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.operations.OperatorWait.Clock;

class OperatorWaitTest {
  private static final Duration FOR_EVER = Duration.ofDays(1_000);

  private final List<String> said = new ArrayList<>();
  private boolean interrupted;
  private long nowNanos;
  private final Clock clock =
      new Clock(() -> nowNanos, () -> nowNanos += Duration.ofMillis(100).toNanos());
  private final Operator operator = new Operator(said::add, () -> interrupted);

  @Test
  void whatHoldsIsNotWaitedFor() {
    assertTrue(patience(Duration.ZERO).await(() -> true, () -> "for nothing"));
    assertEquals(0, nowNanos);
  }

  @Test
  void everyFewSecondsItIsSaidWhatIsWaitedForAndForHowLong() {
    assertTrue(patience(FOR_EVER).await(() -> seconds() >= 14, () -> "for " + (long) seconds()));

    assertEquals(
        List.of("waiting for 3 (3 s)", "waiting for 8 (8 s)", "waiting for 13 (13 s)"), said);
  }

  @Test
  void whatComesSoonIsNotTalkedAbout() {
    assertTrue(patience(FOR_EVER).await(() -> seconds() >= 2.5, () -> "for a moment"));

    assertEquals(List.of(), said);
  }

  @Test
  void oneLimitIsForAllThatIsAwaitedWithIt() {
    OperatorWait patience = patience(Duration.ofSeconds(10));

    assertTrue(patience.await(() -> seconds() >= 6, () -> "for the first"));
    assertFalse(patience.await(() -> seconds() >= 12, () -> "for the second"));
    assertEquals(10, seconds(), 0.01);
  }

  @Test
  void whoHasHadEnoughIsToldWhatWasWaitedFor() {
    OperatorWait patience = patience(FOR_EVER);

    Interrupted end = assertThrows(
        Interrupted.class,
        () -> patience.await(
            () -> {
              interrupted = seconds() >= 1;
              return false;
            },
            () -> "for the catalog"));

    assertEquals("interrupted while waiting for the catalog", end.getMessage());
  }

  private OperatorWait patience(Duration limit) {
    return new OperatorWait(operator, limit, clock);
  }

  private double seconds() {
    return nowNanos / 1e9;
  }
}
