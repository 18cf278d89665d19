package toystore.frontend;

/**
 * Why a request is none that may be read on, or took too long to come; its connection ends.
 *
 * @param status of the answer
 * @param message in the answer
 */
record SyntaxFault(int status, String message) {
  static final SyntaxFault NOT_HTTP = new SyntaxFault(400, "the request is not HTTP/1.1");
  static final SyntaxFault BROKEN_BODY =
      new SyntaxFault(400, "the body is broken off, or is not HTTP");
  static final SyntaxFault TOO_LARGE =
      new SyntaxFault(413, "the body is over " + RequestBodies.MAX_BYTES + " bytes");
}
