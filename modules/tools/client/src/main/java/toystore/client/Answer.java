package toystore.client;

import java.util.Objects;
import java.util.function.Function;

/**
 * What came of one request. Failures are values here: a load client counts them and goes on.
 *
 * @param value present when the outcome is OK
 * @param detail for a person, when it is not
 */
record Answer<T>(Outcome outcome, T value, String detail) {
  static <T> Answer<T> ok(T value) {
    return new Answer<>(Outcome.OK, Objects.requireNonNull(value, "value"), "");
  }

  static <T> Answer<T> failed(Outcome outcome, String detail) {
    if (outcome == Outcome.OK) {
      throw new IllegalArgumentException("a failure cannot be OK");
    }
    return new Answer<>(outcome, null, detail);
  }

  boolean isOk() {
    return outcome == Outcome.OK;
  }

  <U> Answer<U> map(Function<T, U> change) {
    return isOk() ? ok(change.apply(value)) : failed(outcome, detail);
  }
}
