package toystore.operations;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log file. */
public final class LogTail {
  private static final long MOST_READ_BYTES = 1 << 20;

  private LogTail() {}

  static long size(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + log, e);
    }
  }

  /** The last lines written at or after that position. */
  static List<String> since(Path log, long position, int lines) {
    String text = text(log, position);
    List<String> all = text.lines().collect(Collectors.toUnmodifiableList());
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** The last lines of the file. */
  static List<String> last(Path log, int lines) {
    return since(log, Math.max(0, size(log) - MOST_READ_BYTES), lines);
  }

  /** All that was written at or after that position. */
  static String text(Path log, long position) {
    return read(log, position).text();
  }

  /**
   * What a log says from some position on.
   *
   * @param end where the next read is to begin
   */
  public record LogPart(String text, long end) {}

  /** All that was written at or after that position. A log that is not there says nothing. */
  public static LogPart read(Path log, long position) {
    if (!Files.exists(log)) {
      return new LogPart("", 0);
    }
    try (var file = Files.newByteChannel(log)) {
      // A file that was rotated meanwhile starts anew.
      file.position(position <= file.size() ? position : 0);
      var buffer = ByteBuffer.allocate(Math.toIntExact(file.size() - file.position()));
      while (buffer.hasRemaining() && file.read(buffer) >= 0) {}
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
      return new LogPart(text, file.position());
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + log, e);
    }
  }
}
