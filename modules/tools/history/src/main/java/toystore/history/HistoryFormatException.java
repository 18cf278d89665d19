package toystore.history;

import java.io.IOException;

/** A file that is not a history. The message names file, line and reason. */
public final class HistoryFormatException extends IOException {
  private static final long serialVersionUID = 1;

  HistoryFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
