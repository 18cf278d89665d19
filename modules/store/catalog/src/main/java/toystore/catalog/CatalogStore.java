package toystore.catalog;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.disk.Database;
import toystore.disk.DatabaseConnection;
import toystore.disk.GroupCommit;
import toystore.disk.OpenFiles;
import toystore.disk.Schema;
import toystore.disk.SealedRows;
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
 * would touch a page of its own for each row. The core knows the newest keys, {@link SealedLedger}
 * all others, and each is decided once.
 */
final class CatalogStore implements CatalogService.Disk {
  static final int SCHEMA_VERSION = 3;
  private static final String REFUSALS = "create table if not exists refusals"
      + " (id integer primary key, key text not null, toy text not null,"
      + " quantity integer not null, at_ms integer not null) strict";
  private static final List<String> TABLES = List.of(
      "create table if not exists toys (position integer primary key, name text not null unique,"
          + " price_cents integer not null, initial integer not null, restocked integer not null,"
          + " stock integer not null check (stock >= 0), version integer not null) strict",
      "create table if not exists ledger (id integer primary key, key text not null,"
          + " toy text not null, quantity integer not null, state text not null"
          + " check (state in ('held', 'sold'))) strict",
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

  private final Database database;
  private final SealedLedger older;
  private final OpeningSums opening;
  /** For the writer's thread, as are the digests that rows have now which may change. */
  private final RowDigests digests = new RowDigests();

  /** Of the toys that were written since the start. */
  private final Map<Integer, Long> toyDigests = new HashMap<>();

  private final Map<Meta, Long> metaDigests = new EnumMap<>(Meta.class);

  private CatalogStore(Database database, SealedLedger older, OpeningSums opening) {
    this.database = database;
    this.older = older;
    this.opening = opening;
    database.<Void>read(connection -> {
      CatalogRows.meta(connection)
          .forEach((name, value) -> metaDigests.put(name, digests.ofMeta(name, value)));
      return null;
    });
  }

  /**
   * Opens the database file, or makes it. Blocks.
   *
   * @param files what must stay where it is while the store is open
   * @param onFailure told of a write that failed, after which nothing is written, or of older rows
   *     that are damaged
   */
  static CatalogStore open(Path file, OpenFiles files, Consumer<Throwable> onFailure) {
    return open(file, SealedLedger.STEP, files, onFailure);
  }

  /** @param step how many rows of the ledger are sealed at a time */
  static CatalogStore open(Path file, int step, OpenFiles files, Consumer<Throwable> onFailure) {
    Schema schema = new Schema("catalog", "catalog", Schema.Loss.IS_FINAL, SCHEMA_VERSION, TABLES);
    SealedRows runs = SealedLedger.openRuns(file);
    OpeningSums opening = new OpeningSums();
    Database database = Database.open(file, schema, opening, runs, files, onFailure);
    return new CatalogStore(database, new SealedLedger(database, runs, step, onFailure), opening);
  }

  /**
   * Starts something from what the disk holds. Blocks. Rows of the ledger that may be sealed are so
   * before; the others are read as they are asked for, once.
   */
  <T> T load(Function<CatalogState, T> start) {
    sealAll();
    return database.read(
        connection -> CatalogRows.load(connection, opening.toys(connection), older, start));
  }

  /** Seals the rows that may be sealed, and waits for it. */
  void sealAll() {
    older.sealAll();
  }

  /** Reads what is sealed again, slowly. */
  void check() {
    older.check();
  }

  /** Calls {@code onDurable}, on the writer's thread, once these rows survive a crash. */
  @Override
  public void write(CatalogWrite write, Runnable onDurable) {
    write(write, () -> {}, onDurable);
  }

  /** The same; {@code onBegun} is called, on that thread, when its turn has come. */
  void write(CatalogWrite write, Runnable onBegun, Runnable onDurable) {
    opening.isOver();
    database.write(
        connection -> {
          onBegun.run();
          put(connection, write);
        },
        onDurable);
  }

  @Override
  public void seal(int below) {
    older.seal(below);
  }

  /** Sums the books of each toy, in one consistent state, on the reader's thread. */
  void audit(BiConsumer<Audit, Throwable> result) {
    database.readAsync(CatalogRows::audit, result);
  }

  GroupCommit.Counts counts() {
    return database.counts();
  }

  /** Writes what waits, and closes. Blocks. */
  void close() {
    older.close();
    database.close();
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
      add.setString(5, CatalogRows.word(row.state()));
      add.executeUpdate();
      connection.added(digests.ofDecision(id, row.key(), row.toy(), row.quantity()));
      connection.added(digests.ofState(id, CatalogRows.word(row.state())));
    }
    PreparedStatement sell = connection.prepare(SELL);
    for (int row : write.sold()) {
      sell.setInt(1, row + 1);
      sell.executeUpdate();
      connection.removed(digests.ofState(row + 1, CatalogRows.word(LedgerState.HELD)));
      connection.added(digests.ofState(row + 1, CatalogRows.word(LedgerState.SOLD)));
    }
    putRefusals(connection, write);
    PreparedStatement put = connection.prepare(PUT_META);
    for (Map.Entry<Meta, Long> number : write.meta().entrySet()) {
      Meta name = number.getKey();
      put.setString(1, CatalogRows.word(name));
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
    noteDigest(connection, toy.position());
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

  /** What it was when it was written last: read once, for there may be a million others. */
  private void noteDigest(DatabaseConnection connection, int position) throws SQLException {
    if (!toyDigests.containsKey(position)) {
      ToyRow before = CatalogRows.toy(connection, position);
      if (before != null) {
        toyDigests.put(position, digests.of(before));
      }
    }
  }

  private static <K> void replace(
      DatabaseConnection connection, Map<K, Long> known, K row, long digest) {
    Long before = known.put(row, digest);
    if (before != null) {
      connection.removed(before);
    }
    connection.added(digest);
  }
}
