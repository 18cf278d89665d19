package toystore.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The one rule for the names of toys. What it lets a catalog offer can be kept on disk, sent, asked
 * for in a path, and printed in a line.
 */
public final class ToyName {
  /** Three times as many characters of a path, far below what any HTTP program takes. */
  public static final int MAX_BYTES = 255;

  /** Every client leaves these out of a path, percent-encoded or not, before it sends it. */
  private static final Set<String> PATH_WORDS = Set.of(".", "..");

  private ToyName() {}

  /**
   * Whether it can be the name of any toy, offered now or long ago: not empty, no NUL, and UTF-8
   * can say it. Nothing else can be asked for.
   */
  public static boolean isText(String name) {
    return !name.isEmpty()
        && name.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  /** Why no toy may be offered under this name, in words; empty when one may. */
  public static Optional<String> problem(String name) {
    if (name.isEmpty()) {
      return Optional.of("must not be empty");
    }
    if (!isText(name) || name.codePoints().anyMatch(ToyName::endsLineOrIsControl)) {
      return Optional.of("must be text without control characters and broken characters");
    }
    if (isSpace(name.codePointAt(0)) || isSpace(name.codePointBefore(name.length()))) {
      return Optional.of("must not begin or end with a space");
    }
    if (PATH_WORDS.contains(name)) {
      return Optional.of("must not be . or .., which cannot be asked for in a path");
    }
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    return bytes <= MAX_BYTES
        ? Optional.empty()
        : Optional.of("must have at most " + MAX_BYTES + " bytes in UTF-8, has " + bytes);
  }

  private static boolean endsLineOrIsControl(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
