package toystore.order.log;

import java.nio.file.Path;
import toystore.disk.DataFolderException;

/** Bytes of the log's files that this program has not written so. */
final class DamageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean newer;

  private DamageException(String message, boolean newer) {
    super(message);
    this.newer = newer;
  }

  /** They say otherwise than what was written there. */
  DamageException(String message) {
    this(message, false);
  }

  /** They are whole, and of a later format. */
  static DamageException newer(String message) {
    return new DamageException(message, true);
  }

  /** What the owner of the file must be told. */
  DataFolderException of(Path file) {
    return newer
        ? new DataFolderException(file + " " + getMessage())
        : DataFolderException.damaged(file, getMessage(), this);
  }
}
