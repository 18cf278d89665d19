package toystore.frontend;

/**
 * Which bytes may stand in which part of a request (RFC 9110, 5.5 and 5.6; RFC 9112, 3.2). Pure.
 */
final class Characters {
  private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~", true);
  private static final boolean[] TARGET = new boolean[1 << Byte.SIZE];
  private static final boolean[] VALUE = new boolean[1 << Byte.SIZE];

  static {
    for (int b = 0; b < VALUE.length; b++) {
      // Bytes above ASCII: clients send UTF-8 as it is, in paths too.
      VALUE[b] = b == '\t' || b >= ' ' && b != 0x7F;
      TARGET[b] = b > ' ' && b != 0x7F && b != '#';
    }
  }

  private Characters() {}

  /** Where the letters, digits and signs of a token end. */
  static int endOfToken(byte[] bytes, int from, int to) {
    return end(TOKEN, bytes, from, to);
  }

  static int endOfTarget(byte[] bytes, int from, int to) {
    return end(TARGET, bytes, from, to);
  }

  /** Where the value of a header ends: at a control character. */
  static int endOfValue(byte[] bytes, int from, int to) {
    return end(VALUE, bytes, from, to);
  }

  static boolean isOfValue(byte b) {
    return VALUE[b & 0xFF];
  }

  static boolean isToken(String text) {
    return consistsOf(TOKEN, text) && !text.isEmpty();
  }

  /** Letters, digits and these signs; of other characters none. */
  static boolean[] table(String signs, boolean alphanumeric) {
    boolean[] table = new boolean[1 << Byte.SIZE];
    for (char c = '0'; alphanumeric && c <= 'z'; c++) {
      table[c] = c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a';
    }
    signs.chars().forEach(sign -> table[sign] = true);
    return table;
  }

  static boolean consistsOf(boolean[] table, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= table.length || !table[c]) {
        return false;
      }
    }
    return true;
  }

  private static int end(boolean[] table, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && table[bytes[at] & 0xFF]) {
      at++;
    }
    return at;
  }
}
