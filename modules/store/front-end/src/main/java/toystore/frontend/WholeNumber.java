package toystore.frontend;

/**
 * A number as JSON writes it, read digit by digit: however long it is, and however large its
 * exponent, that takes no more time than its digits. Pure.
 */
final class WholeNumber {
  private static final int TEN = 10;

  private WholeNumber() {}

  /**
   * Its value if that is a whole number from 1 to the limit, however it is written: 1, 1.0, 10e-1;
   * else 0.
   *
   * @param json a number in JSON's grammar
   */
  static int of(String json, int limit) {
    int e = Math.max(json.indexOf('e'), json.indexOf('E'));
    String mantissa = json.substring(0, e < 0 ? json.length() : e);
    int point = mantissa.indexOf('.');
    int wholeDigits = point < 0 ? mantissa.length() : point;
    String digits = mantissa.replace(".", "");
    // The value is: digits, with the point behind the first so many of them.
    long places = wholeDigits + exponent(e < 0 ? "0" : json.substring(e + 1), json.length());
    if (digits.startsWith("-")) {
      return 0;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (i < places) {
        value = Math.min(limit + 1L, value * TEN + digit);
      } else if (digit != 0) {
        return 0; // A fraction.
      }
    }
    for (long i = digits.length(); i < places && value > 0 && value <= limit; i++) {
      value *= TEN;
    }
    return value <= limit ? (int) value : 0;
  }

  /** The exponent; when it is large, any number that is beyond all digits. */
  private static long exponent(String text, int digits) {
    boolean negative = text.startsWith("-");
    long value = 0;
    for (int i = negative || text.startsWith("+") ? 1 : 0; i < text.length(); i++) {
      value = Math.min(2L * digits + TEN, value * TEN + text.charAt(i) - '0');
    }
    return negative ? -value : value;
  }
}
