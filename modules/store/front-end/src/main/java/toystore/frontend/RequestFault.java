package toystore.frontend;

/**
 * Why a request is refused before the store looks at it.
 *
 * @param message in the answer
 */
record RequestFault(HttpFault kind, String message) {
  static final RequestFault NOT_HTTP =
      new RequestFault(HttpFault.MALFORMED, "the request is not HTTP/1.1");
  static final RequestFault BROKEN_BODY =
      new RequestFault(HttpFault.MALFORMED, "the body is broken off, or is not HTTP");
  static final RequestFault TOO_OFTEN = new RequestFault(
      HttpFault.TOO_MANY, "too many requests from your address; try again in a second");
  static final RequestFault TOO_LARGE = new RequestFault(
      HttpFault.BODY_TOO_LARGE, "the body is over " + RequestBodies.MAX_BYTES + " bytes");
}
