package toystore.stock;

import toystore.model.KeyTable;
import toystore.model.LongList;

/** Rows of the ledger that are in memory and will leave it together. Owned by the ledger. */
final class LedgerStep {
  private static final int STATE_SHIFT = 56;
  private static final long BODY = (1L << STATE_SHIFT) - 1;
  private static final int MAX_TOYS = 1 << STATE_SHIFT - Integer.SIZE;

  /** The number of its first row. */
  final int first;

  private final KeyTable keys;
  /** Of each row {@code state << 56 | toy << 32 | quantity}. */
  private final LongList decisions = new LongList();
  // Invariant: the number of its rows whose state is HELD.
  private int held;
  // Invariant: once this write is durable, all its sales so far are.
  private long soldIn;

  LedgerStep(int first, long hashSeed) {
    this.first = first;
    keys = new KeyTable(hashSeed);
  }

  int size() {
    return keys.size();
  }

  /** The number of the row behind its last one. */
  int end() {
    return first + keys.size();
  }

  /** The row of this key, or {@link Ledger#ABSENT}. */
  int find(String key) {
    int at = keys.find(key);
    return at == KeyTable.ABSENT ? Ledger.ABSENT : first + at;
  }

  void add(String key, LedgerState state, int toyPosition, int quantity) {
    if (toyPosition < 0 || toyPosition >= MAX_TOYS) {
      throw new IllegalArgumentException("toyPosition=" + toyPosition);
    }
    keys.add(key);
    decisions.add((long) state.ordinal() << STATE_SHIFT | body(toyPosition, quantity));
    held += state == LedgerState.HELD ? 1 : 0;
  }

  private static long body(int toyPosition, int quantity) {
    return (long) toyPosition << Integer.SIZE | quantity;
  }

  private LedgerState state(int row) {
    return LedgerState.at((int) (decisions.get(row - first) >>> STATE_SHIFT));
  }

  /** Whether this row was decided on these units of this toy. */
  boolean isOn(int row, int toyPosition, int quantity) {
    return (decisions.get(row - first) & BODY) == body(toyPosition, quantity);
  }

  /** Turns a hold into a sale that this write makes durable; false when the row is no hold. */
  boolean settle(int row, long writeId) {
    if (state(row) != LedgerState.HELD) {
      return false;
    }
    long body = decisions.get(row - first) & BODY;
    decisions.set(row - first, (long) LedgerState.SOLD.ordinal() << STATE_SHIFT | body);
    held--;
    soldIn = writeId;
    return true;
  }

  /** Whether none of its rows will change any more, on disk either. */
  boolean isFinal(long durableId) {
    return held == 0 && soldIn <= durableId;
  }

  long bytes() {
    return keys.bytes() + decisions.bytes();
  }
}
