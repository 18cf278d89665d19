package toystore.catalog;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.disk.DataFolderException;
import toystore.disk.DatabaseSnapshot;
import toystore.stock.CatalogState;
import toystore.stock.OlderRows;

/** One state of a catalog's database file, read beside the catalog or without it. */
public final class CatalogFile implements AutoCloseable {
  /** Its name in the catalog's data folder. */
  public static final String NAME = "catalog.db";

  private final DatabaseSnapshot snapshot;

  private CatalogFile(DatabaseSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Opens it, and fixes the state.
   *
   * @throws DataFolderException when it is no catalog's, or cannot be opened
   */
  public static CatalogFile open(Path file) {
    DatabaseSnapshot snapshot = DatabaseSnapshot.open(file);
    try {
      String owner = snapshot.owner();
      if (!"catalog".equals(owner)) {
        throw new DataFolderException(file + " belongs to " + owner + ", not to a catalog");
      }
      return new CatalogFile(snapshot);
    } catch (DataFolderException e) {
      snapshot.close();
      throw e;
    }
  }

  public Path file() {
    return snapshot.file();
  }

  /**
   * Demands that its rows are those that were written. Takes its time.
   *
   * @throws DataFolderException when they are not, or the file is older than its mark
   */
  public void demandWhole() {
    snapshot.demandWhole(CatalogStore.SCHEMA_VERSION, RowDigests.SUMS::all);
  }

  /** How many purchases it has decided on. */
  public long purchases() {
    return number("select coalesce(max(id), 0) from ledger");
  }

  /** How many different keys they have: as many, where none was decided twice. */
  public long keys() {
    return number("select count(distinct key) from ledger");
  }

  private long number(String sql) {
    return snapshot.read(connection -> {
      try (ResultSet row = connection.prepare(sql).executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    });
  }

  /** Reads all of it; the ledger is read as it is asked for, once in each reading. */
  public <T> T read(Function<CatalogState, T> use) {
    return snapshot.read(connection ->
        CatalogRows.load(connection, CatalogRows.toys(connection), OlderRows.NONE, use));
  }

  /** Gives the keys of the purchases that were decided behind the first so many. */
  public void forEachBehind(long purchases, Consumer<String> use) {
    snapshot.<Void>read(connection -> {
      PreparedStatement select = connection.prepare("select key from ledger where id > ?");
      select.setLong(1, purchases);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          use.accept(rows.getString(1));
        }
      }
      return null;
    });
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
