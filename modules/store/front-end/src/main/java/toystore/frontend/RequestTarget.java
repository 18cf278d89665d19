package toystore.frontend;

import toystore.model.StoreError;
import toystore.model.StoreException;

/** The target in a request line (RFC 9112, 3.2). */
final class RequestTarget {
  /** The target of an OPTIONS that asks about the store as a whole. */
  static final String WHOLE = "*";

  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private RequestTarget() {}

  /**
   * The path in it, as it came. A query changes nothing, and so does the authority before the path:
   * this store answers for whoever it is called.
   *
   * @throws StoreException BAD_REQUEST when the target is none
   */
  static String path(String target) {
    int start = 0;
    if (target.charAt(0) != '/') {
      if (WHOLE.equals(target)) {
        return WHOLE;
      }
      start = endOfAuthority(target);
    }
    int query = target.indexOf('?', start);
    String path = target.substring(start, query < 0 ? target.length() : query);
    return path.isEmpty() ? "/" : path;
  }

  private static int endOfAuthority(String target) {
    int start = target.regionMatches(true, 0, HTTP, 0, HTTP.length()) ? HTTP.length() : 0;
    if (target.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      start = HTTPS.length();
    }
    int end = start;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    if (start == 0 || start == end || !Authority.isValid(target.substring(start, end))) {
      throw new StoreException(StoreError.BAD_REQUEST, "the request's target must be a path");
    }
    return end;
  }
}
