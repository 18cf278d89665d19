package toystore.disk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** One connection and its prepared statements, each prepared once. Owned by one thread. */
public final class DatabaseConnection implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  // Invariant: between transactions, the sum of the digests of all rows in the file.
  private long digest;

  DatabaseConnection(Connection connection) {
    this.connection = connection;
  }

  /** The statement of this text; the caller sets every parameter again. */
  public PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement made = connection.prepareStatement(sql);
    prepared.put(sql, made);
    return made;
  }

  /** Runs a statement without parameters. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row as text, or null where there is no row. */
  public String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  /**
   * Of a transaction: a row with this digest is there from now on. A row that changes is removed
   * with its old digest, and added with its new one. A digest says of which table a row is, so that
   * the sum of all of them tells whether a file holds what was written.
   */
  public void added(long rowDigest) {
    digest += rowDigest;
  }

  /** Of a transaction: the row with this digest is not there any more. */
  public void removed(long rowDigest) {
    digest -= rowDigest;
  }

  /** The sum of the digests of all rows. */
  long digest() {
    return digest;
  }

  void digest(long ofAllRows) {
    digest = ofAllRows;
  }

  /** Begins a transaction that reads one state. */
  void begin() throws SQLException {
    prepare("BEGIN").execute();
  }

  /** Begins one that writes: fails at once, with nothing done, where another program does. */
  void beginWriting() throws SQLException {
    prepare("BEGIN IMMEDIATE").execute();
  }

  void commit() throws SQLException {
    prepare("COMMIT").execute();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
