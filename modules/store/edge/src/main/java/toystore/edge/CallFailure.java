package toystore.edge;

import toystore.model.StoreError;
import toystore.model.StoreException;

/** A call that got no answer from the other service. */
public final class CallFailure extends StoreException {
  private static final long serialVersionUID = 1;

  /** What is known of a call without an answer. */
  public enum FailureCause {
    /** Nobody listens, or no connection could be had: it was not executed. */
    REFUSED,
    /** The connection broke: it may have been executed. */
    BROKEN,
    /** No answer in time: it may have been executed, or will be. */
    SILENT
  }

  private final FailureCause kind;

  public CallFailure(FailureCause kind, String message, Throwable cause) {
    super(StoreError.UNAVAILABLE, message, cause);
    this.kind = kind;
  }

  public FailureCause kind() {
    return kind;
  }
}
