package toystore.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Collectors;
import toystore.disk.DatabaseConnection;
import toystore.model.ToyBooks;
import toystore.stock.CatalogMessages.Audit;
import toystore.stock.CatalogState;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;
import toystore.stock.OlderRows;
import toystore.stock.Refusal;
import toystore.stock.ToyRow;

/** Reads the catalog's rows. */
final class CatalogRows {
  private static final Map<LedgerState, String> WORDS =
      Map.of(LedgerState.HELD, "held", LedgerState.SOLD, "sold");
  private static final Map<String, Meta> NUMBERS = Arrays.stream(Meta.values())
      .collect(Collectors.toUnmodifiableMap(CatalogRows::word, Function.identity()));

  private static final String TOYS =
      "select position, name, price_cents, initial, restocked, stock, version from toys";

  private CatalogRows() {}

  /**
   * The ledger is read as it is asked for, once, so that a long one is never in memory twice.
   *
   * @param toys all of them, as they were read
   * @param older rows that are not read
   */
  static <T> T load(
      DatabaseConnection connection,
      List<ToyRow> toys,
      OlderRows older,
      Function<CatalogState, T> start)
      throws SQLException {
    Map<Meta, Long> meta = meta(connection);
    int first = older.count();
    try (ResultSet rows = select(connection, first, Long.MAX_VALUE)) {
      List<Refusal> refusals = refusals(connection);
      return start.apply(
          new CatalogState(toys, older, () -> new LedgerRows(rows, first), refusals, meta));
    } catch (UnreadableRow e) {
      throw e.cause;
    }
  }

  private static ResultSet select(DatabaseConnection connection, long first, long end)
      throws SQLException {
    PreparedStatement select = connection.prepare("select id, key, toy, quantity, state from ledger"
        + " where id > ? and id <= ? order by id");
    select.setLong(1, first); // For people, rows are counted from 1.
    select.setLong(2, end);
    return select.executeQuery();
  }

  /** The rows of the ledger from this number, counted from 0, to before that one. */
  static List<LedgerRow> ledger(DatabaseConnection connection, long first, long end)
      throws SQLException {
    List<LedgerRow> ledger = new ArrayList<>();
    try (ResultSet rows = select(connection, first, end)) {
      new LedgerRows(rows, (int) first).forEachRemaining(ledger::add);
    } catch (UnreadableRow e) {
      throw e.cause;
    }
    return ledger;
  }

  static List<ToyRow> toys(DatabaseConnection connection) throws SQLException {
    List<ToyRow> toys = new ArrayList<>();
    try (ResultSet rows = connection.prepare(TOYS + " order by position").executeQuery()) {
      while (rows.next()) {
        toys.add(toy(rows));
      }
    }
    return toys;
  }

  /** The toy of this position, or null. */
  static ToyRow toy(DatabaseConnection connection, int position) throws SQLException {
    PreparedStatement select = connection.prepare(TOYS + " where position = ?");
    select.setInt(1, position);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? toy(row) : null;
    }
  }

  private static ToyRow toy(ResultSet row) throws SQLException {
    return new ToyRow(
        row.getInt(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
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

  static Map<Meta, Long> meta(DatabaseConnection connection) throws SQLException {
    Map<Meta, Long> meta = new EnumMap<>(Meta.class);
    try (ResultSet rows = connection.prepare("select name, value from meta").executeQuery()) {
      while (rows.next()) {
        Meta name = NUMBERS.get(rows.getString(1));
        if (name != null) { // An older program may have left one that nobody needs any more.
          meta.put(name, rows.getLong(2));
        }
      }
    }
    return meta;
  }

  static Audit audit(DatabaseConnection connection) throws SQLException {
    Map<String, Long> held = new HashMap<>();
    Map<String, Long> sold = new HashMap<>();
    try (ResultSet rows = connection
        .prepare("select toy, state, sum(quantity) from ledger group by toy, state")
        .executeQuery()) {
      while (rows.next()) {
        boolean isHeld = rows.getString(2).equals(word(LedgerState.HELD));
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

  /** How the file calls it. */
  static String word(LedgerState state) {
    return WORDS.get(state);
  }

  /** What the file calls so. */
  static LedgerState state(String word) throws SQLException {
    for (LedgerState state : LedgerState.values()) {
      if (word(state).equals(word)) {
        return state;
      }
    }
    throw new SQLException("a ledger row is " + word);
  }

  /** How the file calls it. */
  static String word(Meta name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  /** Ledger rows as they come from the disk. */
  private static final class LedgerRows implements Iterator<LedgerRow> {
    private final ResultSet rows;
    private int id;
    private boolean hasNext;

    LedgerRows(ResultSet rows, int first) {
      this.rows = rows;
      id = first;
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
        LedgerRow row = new LedgerRow(
            rows.getString(2), rows.getString(3), rows.getInt(4), state(rows.getString(5)));
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
