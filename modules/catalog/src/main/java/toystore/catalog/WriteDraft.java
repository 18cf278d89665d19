package toystore.catalog;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows that go into the next write. Sales alone are in no hurry: they wait a little for another
 * write to share its transaction.
 */
final class WriteDraft {
  private final Set<ToyStock> toys = new LinkedHashSet<>();
  private final Map<Meta, Long> meta = new EnumMap<>(Meta.class);
  private List<LedgerRow> ledger = new ArrayList<>();
  private List<Integer> sold = new ArrayList<>();
  private int firstRow;
  private long lastId;
  private long soldSinceMs;

  /** The id of the write that carries all that was decided so far. */
  long latestId() {
    return isUrgent() || !sold.isEmpty() ? lastId + 1 : lastId;
  }

  /** The id of the last write that has left. */
  long takenId() {
    return lastId;
  }

  /** The id of the write that carries what is added now. */
  long nextId() {
    return lastId + 1;
  }

  void toy(ToyStock toy) {
    toys.add(toy);
  }

  void decided(int row, LedgerRow decided) {
    if (ledger.isEmpty()) {
      firstRow = row;
    }
    ledger.add(decided);
  }

  void sold(int row, long nowMs) {
    if (sold.isEmpty()) {
      soldSinceMs = nowMs;
    }
    sold.add(row);
  }

  void meta(Meta name, long value) {
    meta.put(name, value);
  }

  /** When the draft must leave; never when it is empty. */
  long dueMs(long settleDelayMs) {
    if (isUrgent()) {
      return Long.MIN_VALUE;
    }
    return sold.isEmpty() ? Long.MAX_VALUE : soldSinceMs + settleDelayMs;
  }

  /** The draft as a write; it is empty afterwards. */
  Write take() {
    List<ToyRow> toyRows = new ArrayList<>(toys.size());
    for (ToyStock toy : toys) {
      toyRows.add(toy.row());
    }
    Write write = new Write(++lastId, toyRows, firstRow, ledger, sold, Map.copyOf(meta));
    toys.clear();
    meta.clear();
    ledger = new ArrayList<>();
    sold = new ArrayList<>();
    return write;
  }

  private boolean isUrgent() {
    return !toys.isEmpty() || !ledger.isEmpty() || !meta.isEmpty();
  }
}
