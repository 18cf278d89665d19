package toystore.model;

import java.util.Objects;

/** An expected failure. It carries no stack trace: it is a value, not a bug. */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final StoreError error;

  public StoreException(StoreError error, String message) {
    this(error, message, null);
  }

  public StoreException(StoreError error, String message, Throwable cause) {
    super(message, cause, false, false);
    this.error = Objects.requireNonNull(error, "error");
  }

  public StoreError error() {
    return error;
  }
}
