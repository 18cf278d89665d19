package toystore.disk;

import java.sql.SQLException;

/** Changes that become durable together. */
@FunctionalInterface
public interface Transaction {
  void run(DatabaseConnection connection) throws SQLException;
}
