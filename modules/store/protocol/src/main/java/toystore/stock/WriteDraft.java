package toystore.stock;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import toystore.model.Mark;

/**
 * The rows that go into the next write. Sales and marks alone are in no hurry: they wait a little
 * for another write to share its transaction.
 */
final class WriteDraft {
  private static final long NOTHING = Long.MAX_VALUE;

  private Set<ToyStock> toys = new LinkedHashSet<>();
  private final Map<Meta, Long> meta = new EnumMap<>(Meta.class);
  private List<LedgerRow> ledger = new ArrayList<>();
  private List<Integer> sold = new ArrayList<>();
  private List<Refusal> forgotten = new ArrayList<>();
  private List<Refusal> refused = new ArrayList<>();
  // Invariant: the ledger's rows here are firstRow, firstRow + 1 and so on.
  private int firstRow;
  // Invariant: ids ascend without gaps, so that "durable up to" says all.
  private long lastId;
  private boolean urgent;
  /** Since when something waits that is in no hurry. */
  private long waitingSinceMs = NOTHING;

  /** The id of the write that carries all that was decided so far. */
  long latestId() {
    return urgent || waitingSinceMs != NOTHING ? lastId + 1 : lastId;
  }

  /** The id of the write that carries what must not wait; of the last one that left if nothing. */
  long urgentId() {
    return urgent ? lastId + 1 : lastId;
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
    urgent = true;
  }

  void decided(int row, LedgerRow decided) {
    if (ledger.isEmpty()) {
      firstRow = row;
    }
    ledger.add(decided);
    urgent = true;
  }

  void sold(int row, long nowMs) {
    sold.add(row);
    waitingSinceMs = Math.min(waitingSinceMs, nowMs);
  }

  /** What a leader has told of its orders. */
  void mark(Mark mark, long nowMs) {
    meta.put(Meta.MARK_ORDERS, mark.orders());
    meta.put(Meta.MARK_LINK, mark.link());
    waitingSinceMs = Math.min(waitingSinceMs, nowMs);
  }

  void refused(Refusal refusal) {
    refused.add(refusal);
    urgent = true;
  }

  void forgotten(List<Refusal> refusals, long nowMs) {
    if (!refusals.isEmpty()) {
      forgotten.addAll(refusals);
      waitingSinceMs = Math.min(waitingSinceMs, nowMs);
    }
  }

  void meta(Meta name, long value) {
    meta.put(name, value);
    urgent = true;
  }

  /** When the draft must leave; never when it is empty. */
  long dueMs(long settleDelayMs) {
    if (urgent) {
      return Long.MIN_VALUE;
    }
    return waitingSinceMs == NOTHING ? NOTHING : waitingSinceMs + settleDelayMs;
  }

  /** The draft as a write; it is empty afterwards. */
  CatalogWrite take() {
    List<ToyRow> toyRows = new ArrayList<>(toys.size());
    for (ToyStock toy : toys) {
      toyRows.add(toy.row());
    }
    CatalogWrite write = new CatalogWrite(
        ++lastId, toyRows, firstRow, ledger, sold, forgotten, refused, Map.copyOf(meta));
    // Anew: to clear it takes as long as the most that it ever held, all toys at the first start.
    toys = new LinkedHashSet<>();
    meta.clear();
    ledger = new ArrayList<>();
    sold = new ArrayList<>();
    forgotten = new ArrayList<>();
    refused = new ArrayList<>();
    urgent = false;
    waitingSinceMs = NOTHING;
    return write;
  }
}
