package toystore.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * SQLite's native code, unpacked the short way on the usual machines. Its driver does it on all of
 * them, but asks a program what machine this is, and then compares a megabyte byte by byte, in code
 * that nothing has compiled yet (decision 0050). Whatever is not as usual is left to the driver, as
 * is each complaint.
 */
final class SqliteLibrary {
  /** Where the driver looks first. */
  private static final String FOLDER = "org.sqlite.lib.path";

  private static final String NAME = "org.sqlite.lib.name";

  private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

  /** The driver's folders, by what the JVM calls the processor. */
  private static final Map<String, String> FOLDERS =
      Map.of("amd64", "x86_64", "aarch64", "aarch64");

  /** The loader of programs for another C library than the usual one. */
  private static final Map<String, Path> OTHER_LOADERS = Map.of(
      "amd64", Path.of("/lib/ld-musl-x86_64.so.1"),
      "aarch64", Path.of("/lib/ld-musl-aarch64.so.1"));

  /** By the first who asks, once for the process. */
  private static final boolean LOADED = loaded();

  private SqliteLibrary() {}

  /** Loads it, unless that was done; false where it is left to the driver. */
  static boolean load() {
    return LOADED;
  }

  private static boolean loaded() {
    String processor = System.getProperty("os.arch");
    if (!"Linux".equals(System.getProperty("os.name"))
        || !FOLDERS.containsKey(processor)
        || Files.exists(OTHER_LOADERS.get(processor))
        || System.getProperty(FOLDER) != null) {
      return false;
    }
    String packed = "/org/sqlite/native/Linux/" + FOLDERS.get(processor) + "/libsqlitejdbc.so";
    try (InputStream library = JDBC.class.getResourceAsStream(packed)) {
      return library != null && loaded(library);
    } catch (IOException e) {
      LOG.debug("left to the driver", e);
      return false;
    }
  }

  private static boolean loaded(InputStream library) throws IOException {
    Path file = Files.createTempFile("sqlite", ".so");
    try {
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      System.setProperty(FOLDER, file.getParent().toString());
      System.setProperty(NAME, file.getFileName().toString());
      new SQLiteConfig().createConnection("jdbc:sqlite::memory:").close();
      return true;
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      System.clearProperty(FOLDER);
      System.clearProperty(NAME);
      // The process keeps what it has loaded; so nothing is left behind, however it ends.
      Files.deleteIfExists(file);
    }
  }
}
