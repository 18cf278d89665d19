package toystore.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import toystore.disk.DatabaseConnection;
import toystore.disk.RowSums;
import toystore.model.Chain;
import toystore.stock.LedgerRow;
import toystore.stock.Meta;
import toystore.stock.Refusal;
import toystore.stock.ToyRow;

/**
 * A digest of each of the catalog's rows: their sum says whether a file holds what was written, so
 * every row of every table counts. Owned by one thread.
 */
final class RowDigests {
  private static final long TOY = 0x544f59;
  private static final long DECISION = 0x4b4559;
  private static final long STATE = 0x5354415445L;
  private static final long REFUSAL = 0x4e4fL;
  private static final long META = 0x4d455441;

  /** Sums over all tables; the oldest rows of the ledger are sealed. */
  static final RowSums SUMS = new RowSums() {
    @Override
    public long others(DatabaseConnection connection) throws SQLException {
      return new RowDigests().ofOthers(connection, CatalogRows.toys(connection));
    }

    @Override
    public long rows(DatabaseConnection connection, long first, long end) throws SQLException {
      return new RowDigests().ofLedger(connection, first, end);
    }
  };

  private final Chain chain = new Chain();

  /** @param toys all of them, as they were read */
  long ofOthers(DatabaseConnection connection, List<ToyRow> toys) throws SQLException {
    long sum = 0;
    for (ToyRow toy : toys) {
      sum += of(toy);
    }
    try (ResultSet rows = connection.prepare("select name, value from meta").executeQuery()) {
      while (rows.next()) {
        sum += ofMeta(rows.getString(1), rows.getLong(2));
      }
    }
    for (Refusal refusal : CatalogRows.refusals(connection)) {
      sum += of(refusal);
    }
    return sum;
  }

  private long ofLedger(DatabaseConnection connection, long first, long end) throws SQLException {
    long sum = 0;
    PreparedStatement select = connection.prepare(
        "select id, key, toy, quantity, state from ledger where id > ? and id <= ?");
    select.setLong(1, first);
    select.setLong(2, end);
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        long id = rows.getLong(1);
        sum += ofDecision(id, rows.getString(2), rows.getString(3), rows.getLong(4));
        sum += ofState(id, rows.getString(5));
      }
    }
    return sum;
  }

  long of(ToyRow toy) {
    long body = chain.next(TOY, toy.position(), toy.priceCents(), toy.name());
    long stock = chain.next(body, toy.initial(), toy.restocked());
    return chain.next(stock, toy.stock(), toy.version());
  }

  /** Of what never changes in a row of the ledger. */
  long ofDecision(long id, String key, String toy, long quantity) {
    return chain.next(DECISION, id, quantity, key, toy);
  }

  /** Of what becomes of it: apart, so that a sale needs not know the rest of its row. */
  long ofState(long id, String state) {
    return chain.next(STATE, id, 0, state);
  }

  /** Of all of a row that is sold. */
  long ofSold(long id, LedgerRow row) {
    return ofDecision(id, row.key(), row.toy(), row.quantity())
        + ofState(id, CatalogRows.word(row.state()));
  }

  long of(Refusal refusal) {
    long body = chain.next(REFUSAL, refusal.id(), refusal.quantity(), refusal.key(), refusal.toy());
    return chain.next(body, refusal.atMs(), 0);
  }

  long ofMeta(Meta name, long value) {
    return ofMeta(CatalogRows.word(name), value);
  }

  private long ofMeta(String name, long value) {
    return chain.next(META, value, 0, name);
  }
}
