package toystore.catalog;

import java.sql.SQLException;
import java.util.List;
import toystore.disk.DatabaseConnection;
import toystore.disk.RowSums;
import toystore.stock.ToyRow;

/**
 * Sums all rows while the file is opened, and keeps the toys for the start that follows: to read a
 * million of them twice takes a second. So what a start gets is what was compared.
 */
final class OpeningSums implements RowSums {
  // Invariant: null, or as they are in the file.
  private volatile List<ToyRow> read;

  @Override
  public long others(DatabaseConnection connection) throws SQLException {
    read = CatalogRows.toys(connection);
    return new RowDigests().ofOthers(connection, read);
  }

  @Override
  public long rows(DatabaseConnection connection, long first, long end) throws SQLException {
    return RowDigests.SUMS.rows(connection, first, end);
  }

  /** From now on the file changes. */
  void isOver() {
    read = null;
  }

  /** All of them; they are kept no longer. */
  List<ToyRow> toys(DatabaseConnection connection) throws SQLException {
    List<ToyRow> toys = read;
    read = null;
    return toys == null ? CatalogRows.toys(connection) : toys;
  }
}
