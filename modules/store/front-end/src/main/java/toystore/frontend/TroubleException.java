package toystore.frontend;

import toystore.model.StoreError;
import toystore.model.StoreException;

/** The store cannot answer, and a person must do something about it: what, is in the message. */
final class TroubleException extends StoreException {
  private static final long serialVersionUID = 1;

  TroubleException(String message, Throwable cause) {
    super(StoreError.UNAVAILABLE, message, cause);
  }
}
