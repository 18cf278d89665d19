package toystore.disk;

import java.sql.SQLException;

/** Changes that become durable together. */
@FunctionalInterface
public interface Transaction {
  void run(Session session) throws SQLException;
}
