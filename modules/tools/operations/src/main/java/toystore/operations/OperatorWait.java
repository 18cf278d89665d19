package toystore.operations;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Waits for as long as the operator wants, and says every few seconds for what: a machine may be
 * slow, and only a person knows how slow is too slow. Owned by one thread.
 */
final class OperatorWait {
  private static final Duration BEFORE_FIRST_WORD = Duration.ofSeconds(3);
  private static final Duration BETWEEN_WORDS = Duration.ofSeconds(5);

  private final Operator operator;
  private final Clock clock;
  private final long startNanos;
  private final long limitNanos;

  /** Time, and how to let it pass. */
  record Clock(LongSupplier nanos, Runnable pause) {
    static final Clock OF_MACHINE =
        new Clock(System::nanoTime, () -> TimeLimit.in(Duration.ofSeconds(1)).pause());
  }

  OperatorWait(Operator operator, Duration limit, Clock clock) {
    this.operator = operator;
    this.clock = clock;
    this.startNanos = clock.nanos().getAsLong();
    this.limitNanos = limit.toNanos();
  }

  /** From now on, in all that is awaited with it together; without end where there is no limit. */
  static OperatorWait of(Operator operator, Optional<Duration> limit) {
    return new OperatorWait(
        operator, limit.orElse(Duration.ofNanos(Long.MAX_VALUE)), Clock.OF_MACHINE);
  }

  static OperatorWait of(Operator operator, Duration limit) {
    return of(operator, Optional.of(limit));
  }

  /**
   * Waits until it holds.
   *
   * @param what is waited for, and why, if that is known; follows "waiting"
   * @return false when the limit came first
   * @throws Interrupted when the operator has had enough
   */
  boolean await(BooleanSupplier holds, Supplier<String> what) {
    long begunNanos = clock.nanos().getAsLong();
    long nextWordNanos = BEFORE_FIRST_WORD.toNanos();
    while (!holds.getAsBoolean()) {
      if (operator.interrupted().getAsBoolean()) {
        throw new Interrupted("interrupted while waiting " + what.get());
      }
      long nowNanos = clock.nanos().getAsLong();
      if (nowNanos - startNanos >= limitNanos) {
        return false;
      }
      long waitedNanos = nowNanos - begunNanos;
      if (waitedNanos >= nextWordNanos) {
        nextWordNanos = waitedNanos + BETWEEN_WORDS.toNanos();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(waitedNanos);
        operator.say("waiting " + what.get() + " (" + seconds + " s)");
      }
      clock.pause().run();
    }
    return true;
  }

  /** The whole of it, in words. */
  String limit() {
    return TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s";
  }
}
