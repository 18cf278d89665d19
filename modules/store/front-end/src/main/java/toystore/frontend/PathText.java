package toystore.frontend;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.model.ToyName;

/** Toy names as they come in: in paths percent-encoded, in bodies as text. */
final class PathText {
  private static final int HEX = 16;

  private PathText() {}

  /**
   * Decodes one segment of a path.
   *
   * @throws StoreException BAD_REQUEST for a broken escape, or bytes that are not UTF-8
   */
  static String decode(String segment) {
    if (isPlain(segment)) {
      return segment;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.write(escaped(segment, i));
        i += 2;
      } else if (c <= 0xFF) {
        bytes.write(c); // A byte of the request line, as it came.
      } else {
        throw malformed();
      }
    }
    try {
      String name = StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
      if (!ToyName.isText(name)) {
        throw malformed();
      }
      return name;
    } catch (CharacterCodingException e) {
      throw malformed();
    }
  }

  private static boolean isPlain(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%' || c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static int escaped(String segment, int at) {
    if (at + 2 < segment.length()) {
      int high = Character.digit(segment.charAt(at + 1), HEX);
      int low = Character.digit(segment.charAt(at + 2), HEX);
      // Character.digit takes digits of other scripts too.
      if (high >= 0 && low >= 0 && segment.charAt(at + 1) < 128 && segment.charAt(at + 2) < 128) {
        return high * HEX + low;
      }
    }
    throw malformed();
  }

  private static StoreException malformed() {
    return new StoreException(StoreError.BAD_REQUEST, "the path is not percent-encoded UTF-8");
  }
}
