package toystore.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import toystore.stock.CatalogState;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Meta;
import toystore.stock.OlderRows;
import toystore.stock.Refusal;
import toystore.stock.ToyRow;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Violation;

/** The catalog's database: what is durable, and the writes that are not yet. */
final class CatalogDisk {
  /** Rows of the ledger that are sealed at a time: few, so that it happens in every schedule. */
  private static final int STEP = 4;

  private final List<ToyRow> toys = new ArrayList<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private final Map<String, Integer> rowOf = new HashMap<>();
  private final Map<Long, Refusal> refusals = new LinkedHashMap<>();
  private final Map<String, Long> refusalOf = new HashMap<>();
  private final Set<String> everRefused = new HashSet<>();
  private final Map<Meta, Long> meta = new EnumMap<>(Meta.class);
  private final Map<String, Long> taken = new HashMap<>();
  private final Deque<WaitingWrite> waiting = new ArrayDeque<>();
  private int held;
  // Invariant: all rows below are sold.
  private int sealed;

  private record WaitingWrite(CatalogWrite write, Runnable onDurable) {}

  /** All of it. */
  CatalogState state() {
    return state(OlderRows.NONE);
  }

  /** What a start gets, to which older rows are not read. */
  CatalogState toStart() {
    return state(new Sealed());
  }

  private CatalogState state(OlderRows older) {
    return new CatalogState(
        List.copyOf(toys),
        older,
        List.copyOf(ledger.subList(older.count(), ledger.size())),
        List.copyOf(refusals.values()),
        new EnumMap<>(meta));
  }

  /** The rows of the ledger below this number are older rows from here on. */
  void seal(int below) {
    for (LedgerRow row : ledger.subList(sealed, below)) {
      if (row.state() != LedgerState.SOLD) {
        throw new Violation(row + " is sealed");
      }
    }
    sealed = below;
  }

  /** Which rows are sealed is kept beside the database, and may be lost. */
  void forgetSealed() {
    sealed = 0;
  }

  private final class Sealed implements OlderRows {
    @Override
    public int count() {
      return sealed;
    }

    @Override
    public int step() {
      return STEP;
    }

    @Override
    public OlderRow find(String key) {
      int row = rowOf.getOrDefault(key, sealed);
      return row < sealed ? new OlderRow(row, ledger.get(row)) : null;
    }
  }

  void add(CatalogWrite write, Runnable onDurable) {
    waiting.add(new WaitingWrite(write, onDurable));
  }

  /** Carries out some of the writes that wait, in one transaction; what is to be told then. */
  List<Runnable> commit(int most) {
    List<Runnable> durable = new ArrayList<>();
    for (int i = 0; i < most && !waiting.isEmpty(); i++) {
      WaitingWrite next = waiting.remove();
      carryOut(next.write);
      durable.add(next.onDurable);
    }
    return durable;
  }

  /** Some of the writes that wait fail; what was to be told. */
  List<Runnable> lose(int most) {
    List<Runnable> lost = new ArrayList<>();
    for (int i = 0; i < most && !waiting.isEmpty(); i++) {
      lost.add(waiting.remove().onDurable);
    }
    return lost;
  }

  /** A copy, to be put back later: then all that was written since is gone. */
  Runnable copy() {
    CatalogState kept = state();
    Map<String, Integer> keptRows = new HashMap<>(rowOf);
    Map<Long, Refusal> keptRefusals = new LinkedHashMap<>(refusals);
    Map<String, Long> keptRefusalOf = new HashMap<>(refusalOf);
    Map<String, Long> keptTaken = new HashMap<>(taken);
    int keptHeld = held;
    return () -> {
      toys.clear();
      toys.addAll(kept.toys());
      ledger.clear();
      kept.ledger().forEach(ledger::add);
      meta.clear();
      meta.putAll(kept.meta());
      rowOf.clear();
      rowOf.putAll(keptRows);
      refusals.clear();
      refusals.putAll(keptRefusals);
      refusalOf.clear();
      refusalOf.putAll(keptRefusalOf);
      taken.clear();
      taken.putAll(keptTaken);
      held = keptHeld;
      forgetSealed(); // It is of another state, and a start notices that.
    };
  }

  /** How many orders leaders have told of, durably. */
  long toldOf() {
    return meta.getOrDefault(Meta.MARK_ORDERS, 0L);
  }

  /** Of all that was decided. */
  Set<String> keys() {
    return Set.copyOf(rowOf.keySet());
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Some of what waits may have made it, in order and each as a whole. */
  void crash(Chance chance) {
    commit(chance.below(waiting.size() + 1));
    waiting.clear();
  }

  private void carryOut(CatalogWrite write) {
    if (!write.ledger().isEmpty() && write.firstRow() != ledger.size()) {
      throw new Violation("the ledger has " + ledger.size() + " rows, and row " + write.firstRow()
          + " is written next");
    }
    for (LedgerRow row : write.ledger()) {
      if (rowOf.put(row.key(), ledger.size()) != null) {
        throw new Violation(row.key() + " is decided twice");
      }
      ledger.add(row);
      taken.merge(row.toy(), (long) row.quantity(), Long::sum);
      held += row.state() == LedgerState.HELD ? 1 : 0;
    }
    for (int row : write.sold()) {
      sell(row);
    }
    write.forgotten().forEach(this::forget);
    write.refused().forEach(this::refuse);
    meta.putAll(write.meta());
    write.toys().forEach(this::put);
    toys.forEach(this::checkBalance);
  }

  private void forget(Refusal refusal) {
    if (!refusal.equals(refusals.remove(refusal.id()))) {
      throw new Violation(refusal + " is forgotten, and was not there");
    }
    refusalOf.remove(refusal.key(), refusal.id());
  }

  private void refuse(Refusal refusal) {
    if (refusals.put(refusal.id(), refusal) != null
        || refusalOf.put(refusal.key(), refusal.id()) != null
        || rowOf.containsKey(refusal.key())) {
      throw new Violation(refusal + " is decided twice");
    }
    everRefused.add(refusal.key());
  }

  private void sell(int row) {
    if (row >= ledger.size()) {
      throw new Violation("row " + row + " is sold, and the ledger has " + ledger.size());
    }
    LedgerRow was = ledger.get(row);
    if (was.state() != LedgerState.HELD) {
      throw new Violation(was + " is sold");
    }
    ledger.set(row, new LedgerRow(was.key(), was.toy(), was.quantity(), LedgerState.SOLD));
    held--;
  }

  private void put(ToyRow toy) {
    while (toys.size() <= toy.position()) {
      toys.add(null);
    }
    toys.set(toy.position(), toy);
  }

  /** The equation of the books, which every write leaves true for every toy. */
  private void checkBalance(ToyRow toy) {
    if (toy == null) {
      throw new Violation("a toy was written, and one of those before it was not");
    }
    long gone = taken.getOrDefault(toy.name(), 0L);
    if (toy.initial() + toy.restocked() != toy.stock() + gone || toy.stock() < 0) {
      throw new Violation("the books of " + toy + " do not balance: held or sold " + gone);
    }
  }

  /** Whether this key was ever refused, durably. */
  boolean wasRefused(String key) {
    return everRefused.contains(key);
  }

  /** Purchases whose stock is taken and that are not yet known to be orders. */
  int held() {
    return held;
  }

  /** What became, durably, of the stock taken with this key; null where none was. */
  LedgerState decision(String key) {
    Integer row = rowOf.get(key);
    return row == null ? null : ledger.get(row).state();
  }

  /** Whether anything was ever decided, durably, on this key. */
  boolean knows(String key) {
    return rowOf.containsKey(key) || everRefused.contains(key);
  }

  /** All that was ever taken is ordered, row by row of the ledger, and the rest is in stock. */
  void checkAtRest(Map<String, Long> ordered) {
    Map<String, Long> sold = new HashMap<>();
    for (LedgerRow row : ledger) {
      if (row.state() == LedgerState.SOLD) {
        sold.merge(row.toy(), (long) row.quantity(), Long::sum);
      }
    }
    if (!sold.equals(ordered)) {
      throw new Violation("sold " + sold + ", ordered " + ordered);
    }
    for (ToyRow toy : toys) {
      long gone = ordered.getOrDefault(toy.name(), 0L);
      if (toy.initial() + toy.restocked() != toy.stock() + gone) {
        throw new Violation("at rest the books of " + toy + " do not balance: ordered " + gone);
      }
    }
  }
}
