package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Requests that are tried again until they have an answer, their deadline is over, or hope is given
 * up. Owned by one event loop; all deadlines are equally far, so the oldest request is the first
 * to be over.
 */
final class PatientCalls {
  private final LongSupplier clockMs;
  private final long timeoutMs;
  private final long refusedAfterMs;
  private final int maxOpen;
  private final BooleanSupplier refuses;
  private final Set<PatientCall<?>> open = new LinkedHashSet<>();
  private List<PatientCall<?>> waiting = new ArrayList<>();

  /**
   * @param timeoutMs the deadline, from the first try
   * @param refusedAfterMs a request has at least so long when hope is given up
   * @param maxOpen requests at most; more are refused
   * @param refuses whether hope is given up
   */
  PatientCalls(
      LongSupplier clockMs,
      long timeoutMs,
      long refusedAfterMs,
      int maxOpen,
      BooleanSupplier refuses) {
    this.clockMs = clockMs;
    this.timeoutMs = timeoutMs;
    this.refusedAfterMs = refusedAfterMs;
    this.maxOpen = maxOpen;
    this.refuses = refuses;
  }

  /**
   * Tries until an attempt succeeds or fails for good.
   *
   * @return fails with UNAVAILABLE when no attempt did
   */
  <A> Future<A> call(Supplier<Future<A>> attempt) {
    if (open.size() >= maxOpen) {
      return Future.failedFuture(unavailable("too many requests wait"));
    }
    if (refusedAfterMs == 0 && refuses.getAsBoolean()) {
      return Future.failedFuture(unavailable("too little is up"));
    }
    PatientCall<A> call = new PatientCall<>(attempt, clockMs.getAsLong());
    open.add(call);
    attempt(call);
    return call.promise.future();
  }

  /** Tries again all that wait. */
  void again() {
    List<PatientCall<?>> due = waiting;
    waiting = new ArrayList<>();
    due.forEach(this::attempt);
  }

  /** Ends what is over its deadline and, when hope is given up, what has had its time. */
  void review() {
    long patienceMs = refuses.getAsBoolean() ? Math.min(refusedAfterMs, timeoutMs) : timeoutMs;
    long nowMs = clockMs.getAsLong();
    List<PatientCall<?>> over = new ArrayList<>();
    for (PatientCall<?> call : open) {
      if (nowMs - call.startMs < patienceMs) {
        break; // Oldest first: all others are younger.
      }
      over.add(call);
    }
    over.forEach(call -> fail(call, unavailable("no answer in time")));
  }

  /** Requests under way. */
  int size() {
    return open.size();
  }

  private <A> void attempt(PatientCall<A> call) {
    if (!open.contains(call)) {
      return;
    }
    call.attempt.get().onComplete(answer -> {
      if (!open.contains(call)) {
        return; // Given up meanwhile.
      }
      if (answer.succeeded()) {
        open.remove(call);
        call.promise.complete(answer.result());
      } else if (!worthAnotherTry(answer.cause())) {
        fail(call, answer.cause());
      } else if (refuses.getAsBoolean()) {
        fail(call, unavailable("too little is up"));
      } else {
        waiting.add(call);
      }
    });
  }

  private void fail(PatientCall<?> call, Throwable cause) {
    open.remove(call);
    call.promise.fail(cause);
  }

  private static boolean worthAnotherTry(Throwable failure) {
    return failure instanceof StoreException expected
        && switch (expected.error()) {
          case NOT_LEADER, FENCED, UNVERIFIED, SESSION_EXPIRED, UNAVAILABLE -> true;
          case BAD_REQUEST, TOY_NOT_FOUND, ORDER_NOT_FOUND, OUT_OF_STOCK, KEY_REUSED, FULL -> false;
        };
  }

  private static StoreException unavailable(String message) {
    return new StoreException(StoreError.UNAVAILABLE, message);
  }

  /** Equal to itself only. */
  private static final class PatientCall<A> {
    private final Supplier<Future<A>> attempt;
    private final Promise<A> promise = Promise.promise();
    private final long startMs;

    PatientCall(Supplier<Future<A>> attempt, long startMs) {
      this.attempt = attempt;
      this.startMs = startMs;
    }
  }
}
