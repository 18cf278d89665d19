package toystore.disk;

import java.sql.SQLException;

/** Reads something; changes nothing. */
@FunctionalInterface
public interface Query<T> {
  T run(DatabaseConnection connection) throws SQLException;
}
