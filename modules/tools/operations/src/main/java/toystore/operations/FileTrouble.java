package toystore.operations;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file cannot be used, in words for a person. */
final class FileTrouble {
  private FileTrouble() {}

  /** What cannot be done, and why not. */
  static OperationFailed failure(String what, IOException e) {
    return new OperationFailed(what + ": " + reason(e), e);
  }

  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "user " + System.getProperty("user.name") + " has no permission for "
          + denied.getFile();
    }
    if (e instanceof NoSuchFileException absent) {
      return absent.getFile() + " does not exist";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return ((FileSystemException) e).getFile() + " is there, and is no folder";
    }
    if (e instanceof FileSystemException trouble && trouble.getReason() != null) {
      return trouble.getReason() + " (" + trouble.getFile() + ")";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
