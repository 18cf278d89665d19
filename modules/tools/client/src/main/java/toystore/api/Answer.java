package toystore.api;

import java.util.Objects;
import java.util.function.Function;

/**
 * What came of one request. Failures are values here: whoever puts load on a store counts them and
 * goes on.
 *
 * @param value present when the outcome is OK
 * @param status that was answered; 0 for none
 * @param detail for a person, when the outcome is not OK
 * @param retryAfter whether the answer says when to try again
 */
public record Answer<T>(Outcome outcome, T value, int status, String detail, boolean retryAfter) {
  private static final int NO_STATUS = 0;

  public static <T> Answer<T> ok(T value) {
    return new Answer<>(
        Outcome.OK, Objects.requireNonNull(value, "value"), AnswerReader.OK, "", false);
  }

  /** Nothing was answered. */
  public static <T> Answer<T> failed(Outcome outcome, String detail) {
    return failed(outcome, NO_STATUS, detail);
  }

  static <T> Answer<T> failed(Outcome outcome, int status, String detail) {
    if (outcome == Outcome.OK) {
      throw new IllegalArgumentException("a failure cannot be OK");
    }
    return new Answer<>(outcome, null, status, detail, false);
  }

  Answer<T> withRetryAfter(boolean given) {
    return new Answer<>(outcome, value, status, detail, given);
  }

  public boolean isOk() {
    return outcome == Outcome.OK;
  }

  public <U> Answer<U> map(Function<T, U> change) {
    return new Answer<>(outcome, isOk() ? change.apply(value) : null, status, detail, retryAfter);
  }
}
