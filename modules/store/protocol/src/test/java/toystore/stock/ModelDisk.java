package toystore.stock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A disk that does what the store does, and loses what was not durable. */
final class ModelDisk {
  private final Map<Integer, ToyRow> toys = new TreeMap<>();
  private final List<LedgerRow> ledger = new ArrayList<>();
  private final Map<Long, Refusal> refusals = new TreeMap<>();
  private final Map<Meta, Long> meta = new EnumMap<>(Meta.class);
  private final Deque<CatalogWrite> waiting = new ArrayDeque<>();
  private final int step;
  private int sealed;

  /** Seals nothing. */
  ModelDisk() {
    this(Integer.MAX_VALUE);
  }

  /** @param step how many rows of the ledger are sealed at a time */
  ModelDisk(int step) {
    this.step = step;
  }

  void add(CatalogWrite write) {
    waiting.add(write);
  }

  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Makes the oldest write durable, and returns its id. */
  long commitOne() {
    CatalogWrite write = waiting.remove();
    write.toys().forEach(toy -> toys.put(toy.position(), toy));
    if (!write.ledger().isEmpty() && write.firstRow() != ledger.size()) {
      throw new AssertionError("row " + write.firstRow() + " after " + ledger.size());
    }
    ledger.addAll(write.ledger());
    for (int row : write.sold()) {
      LedgerRow held = ledger.get(row);
      ledger.set(row, new LedgerRow(held.key(), held.toy(), held.quantity(), LedgerState.SOLD));
    }
    write.forgotten().forEach(refusal -> refusals.remove(refusal.id()));
    write.refused().forEach(refusal -> refusals.put(refusal.id(), refusal));
    meta.putAll(write.meta());
    checkBooks();
    return write.id();
  }

  void crash() {
    waiting.clear();
  }

  CatalogState state() {
    return new CatalogState(
        List.copyOf(toys.values()),
        new Sealed(),
        List.copyOf(ledger.subList(sealed, ledger.size())),
        List.copyOf(refusals.values()),
        new EnumMap<>(meta));
  }

  /** The rows below this number, all sold, are older rows from here on. */
  void seal(int below) {
    if (below > 0
        && ledger.subList(0, below).stream().anyMatch(row -> row.state() != LedgerState.SOLD)) {
      throw new AssertionError("not all rows below " + below + " are sold, durably");
    }
    sealed = Math.max(sealed, below);
  }

  private final class Sealed implements OlderRows {
    @Override
    public int count() {
      return sealed;
    }

    @Override
    public int step() {
      return step;
    }

    @Override
    public OlderRow find(String key) {
      for (int row = 0; row < sealed; row++) {
        if (ledger.get(row).key().equals(key)) {
          return new OlderRow(row, ledger.get(row));
        }
      }
      return null;
    }
  }

  /** Refusals that are remembered. */
  Collection<Refusal> refusals() {
    return refusals.values();
  }

  List<LedgerRow> ledger() {
    return ledger;
  }

  /** initial + restocked = in stock + held + sold, after every transaction. */
  private void checkBooks() {
    for (ToyRow toy : toys.values()) {
      long taken = ledger.stream()
          .filter(row -> row.toy().equals(toy.name()))
          .mapToLong(LedgerRow::quantity)
          .sum();
      if (toy.stock() < 0 || toy.initial() + toy.restocked() != toy.stock() + taken) {
        throw new AssertionError(toy + " does not balance with " + taken + " held or sold");
      }
    }
    List<String> takers = ledger.stream().map(LedgerRow::key).toList();
    if (takers.stream().distinct().count() != takers.size()) {
      throw new AssertionError("a key was decided twice");
    }
  }
}
