package toystore.frontend;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.HexFormat;
import java.util.List;
import toystore.model.StoreError;
import toystore.model.StoreException;

/** Whom a request is for: a host, and perhaps a port (RFC 3986, 3.2.2; RFC 9110, 7.2). */
final class Authority {
  /** What a name may consist of; a percent sign needs two digits after it. */
  private static final boolean[] NAME = Characters.table("-._~!$&'()*+,;=%", true);

  private Authority() {}

  /**
   * Refuses a request whose Host is not one, or not the only one: whoever stands between may have
   * gone by another (RFC 9112, 3.2). Before HTTP/1.1 there was none.
   *
   * @throws StoreException BAD_REQUEST saying so
   */
  static void check(HttpVersion version, MultiMap headers) {
    List<String> hosts = headers.getAll(HttpHeaders.HOST);
    if (hosts.size() > 1 || hosts.isEmpty() && version == HttpVersion.HTTP_1_1) {
      throw new StoreException(StoreError.BAD_REQUEST, "there must be one Host");
    }
    if (!hosts.isEmpty() && !isValid(hosts.get(0))) {
      throw new StoreException(StoreError.BAD_REQUEST, "the header Host is no host and port");
    }
  }

  /** Whether it is a host, which may be empty, and a port, which may be missing. */
  static boolean isValid(String authority) {
    int end = authority.startsWith("[") ? endOfLiteral(authority) : endOfName(authority);
    if (end < 0 || end == authority.length()) {
      return end >= 0;
    }
    return authority.charAt(end) == ':'
        && authority.chars().skip(end + 1L).allMatch(c -> c >= '0' && c <= '9');
  }

  private static int endOfLiteral(String authority) {
    int end = authority.indexOf(']');
    String literal = authority.substring(1, Math.max(end, 1));
    // A zone is not for others to know.
    boolean valid = literal.indexOf('%') < 0 && NetUtil.isValidIpV6Address(literal);
    return valid ? end + 1 : -1;
  }

  private static int endOfName(String authority) {
    int end = 0;
    while (end < authority.length() && authority.charAt(end) != ':') {
      char c = authority.charAt(end);
      if (c >= NAME.length || !NAME[c] || c == '%' && !isEscape(authority, end)) {
        return -1;
      }
      end++;
    }
    return end;
  }

  private static boolean isEscape(String text, int at) {
    return at + 2 < text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }
}
