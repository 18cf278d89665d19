package toystore.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files that this process has open, and the names they had then. A file that was removed or
 * replaced can be written as before, but nobody will ever read it. May be used by several threads.
 */
public final class OpenFiles {
  private final Map<Path, Object> files = new ConcurrentHashMap<>();
  /** Of {@link #demandNextInPlace}, which one thread calls. */
  private Iterator<Map.Entry<Path, Object>> turn = Collections.emptyIterator();

  /** From here on this name must lead to the file that it leads to now. */
  public void add(Path path) throws IOException {
    files.put(path, identity(path));
  }

  /** The file was removed or renamed by this process. */
  public void remove(Path path) {
    files.remove(path);
  }

  /** @throws DataFolderException when a file is gone, or its name leads to another one */
  public void demandInPlace() {
    files.entrySet().forEach(this::demandInPlace);
  }

  /**
   * Looks at one of them, another one with each call: for files that are many, and written no more.
   *
   * @throws DataFolderException as above
   */
  public void demandNextInPlace() {
    if (!turn.hasNext()) {
      turn = files.entrySet().iterator();
    }
    if (turn.hasNext()) {
      demandInPlace(turn.next());
    }
  }

  private void demandInPlace(Map.Entry<Path, Object> file) {
    try {
      if (!identity(file.getKey()).equals(file.getValue()) && isAskedFor(file)) {
        throw gone(file.getKey(), "was replaced", null);
      }
    } catch (IOException e) {
      if (isAskedFor(file)) {
        throw gone(file.getKey(), "is gone", e);
      }
    }
  }

  /** One that its owner has removed meanwhile is not, even if another one has its name by then. */
  private boolean isAskedFor(Map.Entry<Path, Object> file) {
    return file.getValue().equals(files.get(file.getKey()));
  }

  private static DataFolderException gone(Path path, String what, IOException cause) {
    return new DataFolderException(
        "file " + path + " " + what + " while it was in use: what is written now would be lost",
        cause);
  }

  /** Device and number of the file; where there are none, the path itself says that it is there. */
  private static Object identity(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key == null ? path : key;
  }
}
