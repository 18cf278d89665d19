package toystore.frontend;

/**
 * What can be wrong with a request as HTTP, and the status of the answer. What the store itself
 * refuses is a {@link toystore.model.StoreError}.
 */
enum HttpFault {
  MALFORMED(400),
  NOTHING_HERE(404),
  WRONG_METHOD(405),
  TOO_SLOW(408),
  BODY_TOO_LARGE(413),
  LINE_TOO_LONG(414),
  WRONG_TYPE(415),
  EXPECTATION_FAILED(417),
  TOO_MANY(429),
  HEADERS_TOO_LONG(431),
  UNKNOWN_CODING(501),
  BUSY(503),
  UNKNOWN_VERSION(505);

  private final int status;

  HttpFault(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }
}
