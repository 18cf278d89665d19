package toystore.catalog;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.GroupCommit;
import toystore.disk.OpenFiles;
import toystore.disk.Schema;
import toystore.model.ToyBooks;
import toystore.stock.CatalogMessages.Audit;
import toystore.stock.CatalogState;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;
import toystore.stock.Refusal;
import toystore.stock.ToyRow;

/**
 * The catalog on disk. All waiting writes share a transaction.
 *
 * <p>The ledger is keyed by row number, not by purchase key: keys are random, and an index of them
 * would touch a page of its own for each row. The core knows all keys, and decides each once.
 */
final class CatalogStore implements CatalogService.Disk {
  private static final String REFUSALS = "create table if not exists refusals"
      + " (id integer primary key, key text not null, toy text not null,"
      + " quantity integer not null, at_ms integer not null) strict";
  private static final List<String> TABLES = List.of(
      "create table if not exists toys (position integer primary key, name text not null unique,"
          + " price_cents integer not null, initial integer not null, restocked integer not null,"
          + " stock integer not null check (stock >= 0), version integer not null) strict",
      "create table if not exists ledger (id integer primary key, key text not null,"
          + " toy text not null, quantity integer not null, state text not null"
          + " check (state in ('held', 'sold', 'rejected'))) strict",
      "create table if not exists meta (name text primary key, value integer not null) strict",
      REFUSALS);
  // Not "insert or replace", which would write the index of names anew each time.
  private static final String PUT_TOY =
      "insert into toys (position, name, price_cents, initial, restocked, stock, version)"
          + " values (?, ?, ?, ?, ?, ?, ?) on conflict (position) do update set"
          + " price_cents = excluded.price_cents, restocked = excluded.restocked,"
          + " stock = excluded.stock, version = excluded.version";
  private static final String ADD_ROW =
      "insert into ledger (id, key, toy, quantity, state) values (?, ?, ?, ?, ?)";
  private static final String SELL = "update ledger set state = 'sold' where id = ?";
  private static final String PUT_META = "insert or replace into meta (name, value) values (?, ?)";
  private static final String FORGET = "delete from refusals where id = ?";
  private static final String REFUSE =
      "insert into refusals (id, key, toy, quantity, at_ms) values (?, ?, ?, ?, ?)";
  private static final Map<LedgerState, String> WORDS = new EnumMap<>(LedgerState.class);

  static {
    for (LedgerState state : LedgerState.values()) {
      WORDS.put(state, word(state));
    }
  }

  /**
   * Version 2 counts changes and has a digest of its rows; its tables are those of version 1.
   * Version 3 has refusals apart; those of older versions stay in the ledger, and soon count no
   * more.
   */
  private static final List<List<String>> UPGRADES = List.of(List.of(), List.of(REFUSALS));

  private final Database database;
  /** For the writer's thread, as are the digests that rows have now which may change. */
  private final RowDigests digests = new RowDigests();

  private final Map<Integer, Long> toyDigests = new HashMap<>();
  private final Map<String, Long> metaDigests = new HashMap<>();

  private CatalogStore(Database database) {
    this.database = database;
    database.<Void>read(connection -> {
      toys(connection).forEach(toy -> toyDigests.put(toy.position(), digests.of(toy)));
      meta(connection)
          .forEach((name, value) -> metaDigests.put(word(name), digests.ofMeta(word(name), value)));
      return null;
    });
  }

  /**
   * Opens the database file, or makes it. Blocks.
   *
   * @param files what must stay where it is while the store is open
   * @param onFailure told once of a write that failed, after which nothing is written
   */
  static CatalogStore open(Path file, OpenFiles files, Consumer<Throwable> onFailure) {
    Schema schema = new Schema("catalog", "catalog", Schema.Loss.IS_FINAL, TABLES, UPGRADES);
    return new CatalogStore(Database.open(file, schema, RowDigests::ofAll, files, onFailure));
  }

  /**
   * Starts something from what the disk holds. Blocks. The ledger is read as it is asked for, once,
   * so that a long one is never in memory twice.
   */
  <T> T load(Function<CatalogState, T> start) {
    return database.read(connection -> {
      List<ToyRow> toys = toys(connection);
      Map<Meta, Long> meta = meta(connection);
      try (ResultSet rows = connection
          .prepare("select id, key, toy, quantity, state from ledger order by id")
          .executeQuery()) {
        List<Refusal> refusals = refusals(connection);
        return start.apply(new CatalogState(toys, () -> new LedgerRows(rows), refusals, meta));
      } catch (UnreadableRow e) {
        throw e.cause;
      }
    });
  }

  /** Calls {@code onDurable}, on the writer's thread, once these rows survive a crash. */
  @Override
  public void write(CatalogWrite write, Runnable onDurable) {
    database.write(connection -> put(connection, write), onDurable);
  }

  /** Sums the books of each toy, in one consistent state, on the reader's thread. */
  void audit(BiConsumer<Audit, Throwable> result) {
    database.readAsync(CatalogStore::audit, result);
  }

  GroupCommit.Counts counts() {
    return database.counts();
  }

  /** Writes what waits, and closes. Blocks. */
  void close() {
    database.close();
  }

  static List<ToyRow> toys(DatabaseConnection connection) throws SQLException {
    List<ToyRow> toys = new ArrayList<>();
    try (ResultSet rows = connection
        .prepare("select position, name, price_cents, initial, restocked, stock, version"
            + " from toys order by position")
        .executeQuery()) {
      while (rows.next()) {
        toys.add(new ToyRow(
            rows.getInt(1),
            rows.getString(2),
            rows.getLong(3),
            rows.getLong(4),
            rows.getLong(5),
            rows.getLong(6),
            rows.getLong(7)));
      }
    }
    return toys;
  }

  static List<Refusal> refusals(DatabaseConnection connection) throws SQLException {
    List<Refusal> refusals = new ArrayList<>();
    try (ResultSet rows = connection
        .prepare("select id, key, toy, quantity, at_ms from refusals order by id")
        .executeQuery()) {
      while (rows.next()) {
        refusals.add(new Refusal(
            rows.getLong(1),
            rows.getString(2),
            rows.getString(3),
            rows.getInt(4),
            rows.getLong(5)));
      }
    }
    return refusals;
  }

  private static Map<Meta, Long> meta(DatabaseConnection connection) throws SQLException {
    Map<Meta, Long> meta = new EnumMap<>(Meta.class);
    try (ResultSet rows = connection.prepare("select name, value from meta").executeQuery()) {
      while (rows.next()) {
        meta.put(Meta.valueOf(rows.getString(1).toUpperCase(Locale.ROOT)), rows.getLong(2));
      }
    }
    return meta;
  }

  private void put(DatabaseConnection connection, CatalogWrite write) throws SQLException {
    for (ToyRow toy : write.toys()) {
      put(connection, toy);
    }
    PreparedStatement add = connection.prepare(ADD_ROW);
    int id = write.firstRow();
    for (LedgerRow row : write.ledger()) {
      add.setInt(1, ++id); // For people, rows are counted from 1.
      add.setString(2, row.key());
      add.setString(3, row.toy());
      add.setInt(4, row.quantity());
      add.setString(5, WORDS.get(row.state()));
      add.executeUpdate();
      connection.added(digests.ofDecision(id, row.key(), row.toy(), row.quantity()));
      connection.added(digests.ofState(id, WORDS.get(row.state())));
    }
    PreparedStatement sell = connection.prepare(SELL);
    for (int row : write.sold()) {
      sell.setInt(1, row + 1);
      sell.executeUpdate();
      connection.removed(digests.ofState(row + 1, WORDS.get(LedgerState.HELD)));
      connection.added(digests.ofState(row + 1, WORDS.get(LedgerState.SOLD)));
    }
    putRefusals(connection, write);
    PreparedStatement put = connection.prepare(PUT_META);
    for (Map.Entry<Meta, Long> number : write.meta().entrySet()) {
      String name = word(number.getKey());
      put.setString(1, name);
      put.setLong(2, number.getValue());
      put.executeUpdate();
      replace(connection, metaDigests, name, digests.ofMeta(name, number.getValue()));
    }
  }

  /** Old ones leave as new ones come, so that the file needs no more pages than it once had. */
  private void putRefusals(DatabaseConnection connection, CatalogWrite write) throws SQLException {
    PreparedStatement forget = connection.prepare(FORGET);
    for (Refusal refusal : write.forgotten()) {
      forget.setLong(1, refusal.id());
      forget.executeUpdate();
      connection.removed(digests.of(refusal));
    }
    PreparedStatement refuse = connection.prepare(REFUSE);
    for (Refusal refusal : write.refused()) {
      refuse.setLong(1, refusal.id());
      refuse.setString(2, refusal.key());
      refuse.setString(3, refusal.toy());
      refuse.setInt(4, refusal.quantity());
      refuse.setLong(5, refusal.atMs());
      refuse.executeUpdate();
      connection.added(digests.of(refusal));
    }
  }

  private void put(DatabaseConnection connection, ToyRow toy) throws SQLException {
    PreparedStatement put = connection.prepare(PUT_TOY);
    put.setInt(1, toy.position());
    put.setString(2, toy.name());
    put.setLong(3, toy.priceCents());
    put.setLong(4, toy.initial());
    put.setLong(5, toy.restocked());
    put.setLong(6, toy.stock());
    put.setLong(7, toy.version());
    put.executeUpdate();
    replace(connection, toyDigests, toy.position(), digests.of(toy));
  }

  private static <K> void replace(
      DatabaseConnection connection, Map<K, Long> known, K row, long digest) {
    Long before = known.put(row, digest);
    if (before != null) {
      connection.removed(before);
    }
    connection.added(digest);
  }

  private static Audit audit(DatabaseConnection connection) throws SQLException {
    Map<String, Long> held = new HashMap<>();
    Map<String, Long> sold = new HashMap<>();
    try (ResultSet rows = connection
        .prepare("select toy, state, sum(quantity) from ledger where state <> 'rejected'"
            + " group by toy, state")
        .executeQuery()) {
      while (rows.next()) {
        boolean isHeld = rows.getString(2).equals(WORDS.get(LedgerState.HELD));
        (isHeld ? held : sold).put(rows.getString(1), rows.getLong(3));
      }
    }
    List<ToyBooks> toys = new ArrayList<>();
    for (ToyRow toy : toys(connection)) {
      toys.add(new ToyBooks(
          toy.name(),
          toy.initial(),
          toy.restocked(),
          toy.stock(),
          held.getOrDefault(toy.name(), 0L),
          sold.getOrDefault(toy.name(), 0L)));
    }
    return new Audit(toys);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Ledger rows as they come from the disk. */
  private static final class LedgerRows implements Iterator<LedgerRow> {
    private final ResultSet rows;
    private int id;
    private boolean hasNext;

    LedgerRows(ResultSet rows) {
      this.rows = rows;
      advance();
    }

    @Override
    public boolean hasNext() {
      return hasNext;
    }

    @Override
    public LedgerRow next() {
      if (!hasNext) {
        throw new NoSuchElementException();
      }
      try {
        if (rows.getInt(1) != ++id) {
          throw new SQLException("ledger row " + id + " is missing");
        }
        LedgerState state = LedgerState.valueOf(rows.getString(5).toUpperCase(Locale.ROOT));
        LedgerRow row = new LedgerRow(rows.getString(2), rows.getString(3), rows.getInt(4), state);
        advance();
        return row;
      } catch (SQLException e) {
        throw new UnreadableRow(e);
      }
    }

    private void advance() {
      try {
        hasNext = rows.next();
      } catch (SQLException e) {
        throw new UnreadableRow(e);
      }
    }
  }

  /** Takes a failure through code that knows no SQL. */
  private static final class UnreadableRow extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException cause;

    UnreadableRow(SQLException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
