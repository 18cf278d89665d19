package toystore.disk;

import java.nio.file.Path;

/**
 * A data folder or database file that this process must not or cannot use. The message says why.
 */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean damage;

  public DataFolderException(String message) {
    this(message, null);
  }

  public DataFolderException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private DataFolderException(String message, Throwable cause, boolean damage) {
    super(message, cause);
    this.damage = damage;
  }

  /** The file cannot be read as what it is: what it held must come from elsewhere. */
  public static DataFolderException damaged(Path file, String what, Throwable cause) {
    return new DataFolderException("file " + file + " is damaged: " + what, cause, true);
  }

  /** Whether the file's content is lost, rather than somebody else's. */
  public boolean isDamage() {
    return damage;
  }
}
