package toystore.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import toystore.model.Chain;

/**
 * What every transaction of a file leaves: how far it has come, in the file itself, and a mark of
 * it beside the file once it is durable. Owned by the writer thread.
 */
final class CommitMarks {
  private final Path file;
  private final OpenFiles files;
  private final MarkFile mark;
  private final Chain chain = new Chain();
  // Invariant: what the transaction that was counted last has in its row.
  private DurableExtent progress;

  private CommitMarks(Path file, OpenFiles files, MarkFile mark, DurableExtent progress) {
    this.file = file;
    this.files = files;
    this.mark = mark;
    this.progress = progress;
  }

  /** Goes on from there; the file must be open in a connection that writes. */
  static CommitMarks open(Path file, DurableExtent progress, OpenFiles files) throws IOException {
    MarkFile mark = MarkFile.open(MarkFile.beside(file), progress);
    for (Path each : filesOf(file)) {
      files.add(each);
    }
    return new CommitMarks(file, files, mark, progress);
  }

  private static List<Path> filesOf(Path file) {
    // SQLite keeps its write-ahead log for as long as a connection is open.
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    return List.of(file, MarkFile.beside(file), log);
  }

  Path file() {
    return file;
  }

  /** The sum of the digests of all rows. */
  long digest() {
    return progress.digest();
  }

  /** Goes into the transaction, as its last statement. */
  void count(DatabaseConnection connection) throws SQLException {
    progress = progress.next(connection.digest());
    progress.write(connection, chain);
  }

  /**
   * After the commit, so that it is never newer; before anyone is told, so that it is never older.
   */
  void mark() throws IOException {
    files.demandInPlace();
    mark.write(progress);
  }

  /** @throws DataFolderException when a file is gone, or was replaced */
  void demandInPlace() {
    files.demandInPlace();
  }

  /** Before the connection is: nobody must miss what that removes. */
  void close() throws IOException {
    filesOf(file).forEach(files::remove);
    mark.close();
  }
}
