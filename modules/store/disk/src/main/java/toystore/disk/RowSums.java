package toystore.disk;

import java.sql.SQLException;

/** Sums the digests of a database's rows, of which the oldest of one table are sealed. */
public interface RowSums {
  /** Of all rows of all other tables. */
  long others(DatabaseConnection connection) throws SQLException;

  /** Of that table's rows from this number, counted from 0, to before that one. */
  long rows(DatabaseConnection connection, long first, long end) throws SQLException;

  /** Of all rows from this number on, and all other tables. */
  default long from(DatabaseConnection connection, long first) throws SQLException {
    return others(connection) + rows(connection, first, Long.MAX_VALUE);
  }

  /** Of all rows. */
  default long all(DatabaseConnection connection) throws SQLException {
    return from(connection, 0);
  }
}
