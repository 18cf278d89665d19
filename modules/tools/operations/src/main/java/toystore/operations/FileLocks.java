package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which process has a file locked. */
final class FileLocks {
  private static final int PID = 4;
  private static final int FILE = 5;

  private FileLocks() {}

  /** Empty when nobody has, or the system does not tell. */
  static Optional<Long> holder(Path file) {
    try {
      long inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
      return Proc.lines("locks").stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > FILE && fields[FILE].endsWith(":" + inode))
          .map(fields -> Long.parseLong(fields[PID]))
          .findFirst();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
