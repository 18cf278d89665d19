package toystore.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import toystore.model.Chain;

/**
 * What every transaction of a file leaves: how far it has come, in the file itself, and a mark of it
 * beside the file once it is durable. Owned by the writer thread.
 */
final class Trail {
  private final Path file;
  private final OpenFiles files;
  private final Mark mark;
  private final Chain chain = new Chain();
  private Progress progress;

  private Trail(Path file, OpenFiles files, Mark mark, Progress progress) {
    this.file = file;
    this.files = files;
    this.mark = mark;
    this.progress = progress;
  }

  /** Goes on from there; the file must be open in a connection that writes. */
  static Trail open(Path file, Progress progress, OpenFiles files) throws IOException {
    Mark mark = Mark.open(Mark.beside(file), progress);
    files.add(file);
    files.add(Mark.beside(file));
    // SQLite keeps it for as long as a connection is open.
    files.add(file.resolveSibling(file.getFileName() + "-wal"));
    return new Trail(file, files, mark, progress);
  }

  Path file() {
    return file;
  }

  /** The sum of the digests of all rows. */
  long digest() {
    return progress.digest();
  }

  /** Goes into the transaction, as its last statement. */
  void count(Session session) throws SQLException {
    progress = progress.next(session.digest());
    progress.write(session, chain);
  }

  /** After the commit, so that it is never newer; before anyone is told, so that it is never older. */
  void mark() throws IOException {
    files.demandInPlace();
    mark.write(progress);
  }

  /** @throws DataFolderException when a file is gone, or was replaced */
  void demandInPlace() {
    files.demandInPlace();
  }

  void close() throws IOException {
    mark.close();
  }
}
