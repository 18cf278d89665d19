package toystore.frontend;

/**
 * What a head says about the length of its body (RFC 9112, 6). Only what cannot be taken in two
 * ways is accepted. Pure; owned by one connection.
 */
final class BodyLength {
  /** So many letters of a header's name are enough to know it by. */
  static final int NAME_BYTES = 18;

  private static final String LENGTH = "content-length";
  private static final String CODING = "transfer-encoding";
  private static final String CHUNKED = "chunked";

  private final StringBuilder length = new StringBuilder();
  private final StringBuilder codings = new StringBuilder();
  private int lengths;
  private int codingHeaders;
  /** Where the value under way belongs; null if it does not matter here. */
  private StringBuilder value;

  /** A new head begins. */
  void reset() {
    length.setLength(0);
    codings.setLength(0);
    lengths = 0;
    codingHeaders = 0;
  }

  /** A header begins; its name is in lower case, and cut off behind {@link #NAME_BYTES}. */
  void beginHeader(byte[] name, int nameBytes) {
    value = null;
    if (matches(LENGTH, name, nameBytes)) {
      lengths++;
      value = length;
    } else if (matches(CODING, name, nameBytes)) {
      // Several headers of this name are one list.
      value = codingHeaders++ > 0 ? codings.append(',') : codings;
    }
  }

  private static boolean matches(String wanted, byte[] name, int nameBytes) {
    if (nameBytes != wanted.length()) {
      return false;
    }
    for (int i = 0; i < nameBytes; i++) {
      if (name[i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** More of the header's value. */
  void append(byte[] bytes, int from, int to) {
    for (int i = from; value != null && i < to; i++) {
      value.append((char) (bytes[i] & 0xFF));
    }
  }

  boolean isChunked() {
    return codingHeaders > 0;
  }

  /** What is wrong with the head, which is complete now; null if nothing is. */
  RequestFault fault(boolean isOld) {
    if (isChunked()) {
      if (isOld) {
        return new RequestFault(HttpFault.MALFORMED, "Transfer-Encoding is not known in HTTP/1.0");
      }
      if (lengths > 0) {
        return new RequestFault(
            HttpFault.MALFORMED, "Content-Length and Transfer-Encoding exclude each other");
      }
      return codingFault();
    }
    if (lengths > 1 || lengths == 1 && !isNumber(length.toString().strip())) {
      return RequestFault.NOT_HTTP;
    }
    return bytes() < 0 ? RequestFault.TOO_LARGE : null;
  }

  private RequestFault codingFault() {
    String[] names = codings.toString().split(",", -1);
    for (int i = 0; i < names.length; i++) {
      boolean isChunked = CHUNKED.equalsIgnoreCase(names[i].strip());
      boolean isLast = i == names.length - 1;
      // Without "chunked" at the end nobody knows where the body ends.
      if (isChunked != isLast || !isChunked && !Characters.isToken(names[i].strip())) {
        return new RequestFault(HttpFault.MALFORMED, "Transfer-Encoding must be chunked");
      }
    }
    return names.length == 1
        ? null
        : new RequestFault(HttpFault.UNKNOWN_CODING, "Transfer-Encoding must be chunked");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The body's length if it is not chunked; less than 0 if no number is large enough for it. */
  long bytes() {
    long bytes = 0;
    for (int i = 0; i < length.length(); i++) {
      int digit = length.charAt(i) - '0';
      if (digit >= 0 && bytes >= 0) { // Blanks may stand around the number.
        bytes = bytes > (Long.MAX_VALUE - digit) / 10 ? -1 : bytes * 10 + digit;
      }
    }
    return bytes;
  }
}
