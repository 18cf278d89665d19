package toystore.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One state of a database file, read beside the service that has it open, or without it. Nothing in
 * its folder is changed or made, and what is only in its write-ahead log yet is seen. The service
 * goes on writing; what it writes after the first read is not seen. Owned by one thread.
 */
public final class DatabaseSnapshot implements AutoCloseable {
  private final Path file;
  private final DurableExtent marked;
  private final Path copy;
  private final Connection plain;
  private final DatabaseConnection connection;
  /** Read as a file that nobody changes. */
  private final boolean atRest;

  private DatabaseSnapshot(
      Path file, DurableExtent marked, Path copy, Connection plain, boolean atRest)
      throws SQLException {
    this.file = file;
    this.marked = marked;
    this.copy = copy;
    this.plain = plain;
    this.atRest = atRest;
    connection = new DatabaseConnection(plain);
    connection.begin();
  }

  /**
   * Opens a file that is there. Its state is fixed by the first read.
   *
   * @throws DataFolderException when it cannot be opened
   */
  public static DatabaseSnapshot open(Path file) {
    Path copy = null;
    try {
      // Before the file: a service that runs moves both, and the mark must not be the newer one.
      DurableExtent marked = MarkFile.read(MarkFile.beside(file));
      if (!Files.exists(beside(file, "-wal"))) {
        // Closed in order: no log to read, and a plain read-only opening would make one.
        return new DatabaseSnapshot(file, marked, null, connect(file, "immutable=1"), true);
      }
      if (Files.exists(beside(file, "-shm"))) {
        return new DatabaseSnapshot(file, marked, null, connect(file, "mode=ro"), false);
      }
      // A log without its index, which reading would make: so read a copy.
      copy = Files.createTempDirectory("toystore-copy");
      Files.copy(file, copy.resolve("copy.db"));
      Files.copy(beside(file, "-wal"), copy.resolve("copy.db-wal"));
      Connection reading = connect(copy.resolve("copy.db"), "mode=rw");
      return new DatabaseSnapshot(file, marked, copy, reading, false);
    } catch (SQLException e) {
      delete(copy);
      throw SqliteFile.unreadable(file, e);
    } catch (IOException e) {
      delete(copy);
      throw new DataFolderException(file + " cannot be used: " + e, e);
    }
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static Connection connect(Path file, String mode) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri() + "?" + mode);
  }

  public Path file() {
    return file;
  }

  /** Why something may be missing, by the mark beside the file; empty where it is as marked. */
  public Optional<String> doubt() {
    try {
      SqliteFile.demandNotBehind(file, marked, plain);
      return Optional.empty();
    } catch (SQLException | DataFolderException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * Reads from the one state. Takes its time.
   *
   * @throws DataFolderException when it cannot be read, or a service opened the file meanwhile
   */
  public <T> T read(Query<T> query) {
    try {
      T result = query.run(connection);
      if (atRest && Files.exists(beside(file, "-wal"))) {
        throw new DataFolderException(
            file + " was opened by its service while it was read: try again");
      }
      return result;
    } catch (SQLException e) {
      throw SqliteFile.unreadable(file, e);
    }
  }

  /** The service whose file it is, as the file says. */
  public String owner() {
    return read(opened -> SqliteFile.identity(file, "owner", opened));
  }

  /** The engine that has written it, as the file says. */
  public String engine() {
    return read(opened -> SqliteFile.identity(file, "engine", opened));
  }

  /**
   * Demands tables of this version, all rows that were written, and nothing but them.
   *
   * @param digest the sum of the digests of all rows
   * @throws DataFolderException when it is otherwise
   */
  public void demandWhole(int version, Query<Long> digest) {
    doubt().ifPresent(why -> {
      throw new DataFolderException(why);
    });
    read(opened -> {
      SqliteFile.demandVersion(file, version, opened);
      DurableExtent progress = DurableExtent.read(opened);
      if (progress == null || progress.digest() != digest.run(opened)) {
        throw DataFolderException.damaged(file, "its rows are not those that were written", null);
      }
      return progress;
    });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new DataFolderException(file + " cannot be closed: " + e, e);
    } finally {
      delete(copy);
    }
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.delete(each);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new DataFolderException("cannot delete " + folder + ": " + e, e);
    }
  }
}
