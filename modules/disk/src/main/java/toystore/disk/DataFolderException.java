package toystore.disk;

/** A data folder or database file that this process must not or cannot use. The message says why. */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DataFolderException(String message) {
    super(message);
  }

  public DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
