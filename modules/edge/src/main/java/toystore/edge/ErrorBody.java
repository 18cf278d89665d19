package toystore.edge;

import toystore.model.StoreError;

/**
 * A failure between services.
 *
 * @param error what went wrong
 */
record ErrorBody(Detail error) {

  /**
   * @param code the HTTP status
   * @param reason what the caller can act on; null when HTTP itself went wrong
   * @param message for a person
   */
  record Detail(int code, StoreError reason, String message) {}

  static ErrorBody of(int code, StoreError reason, String message) {
    return new ErrorBody(new Detail(code, reason, message));
  }
}
