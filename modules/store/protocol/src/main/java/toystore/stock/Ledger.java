package toystore.stock;

import java.util.LinkedHashMap;
import java.util.Map;
import toystore.model.KeyTable;
import toystore.model.LongList;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;

/**
 * The purchases whose stock was taken, for ever: a key takes stock once. What was refused is in
 * {@link Refusals}, for a while.
 *
 * <p>Rows are numbered from 0 as they are added. The disk has them under the same numbers, so that
 * a new row goes to the end of its table whatever its key is. A row costs 69 bytes of memory with a
 * key of 36 characters (see {@link KeyTable}).
 */
final class Ledger {
  static final int ABSENT = KeyTable.ABSENT;

  private static final int MAX_TOYS = 1 << 16;

  /** A purchase's stock that is taken and waits for its order. */
  record Hold(String key, String toy, int quantity, long sinceMs) {
    PurchaseRequest purchase() {
      return new PurchaseRequest(key, toy, quantity);
    }
  }

  private final KeyTable keys;
  /** Of each row {@code state << 48 | toy << 32 | quantity}. */
  private final LongList decisions = new LongList();

  // Invariant: exactly the rows whose state is HELD.
  private final Map<Integer, Hold> holds = new LinkedHashMap<>();

  Ledger(long hashSeed) {
    keys = new KeyTable(hashSeed);
  }

  int size() {
    return keys.size();
  }

  /** The row of this key, or {@link #ABSENT}. */
  int find(String key) {
    return keys.find(key);
  }

  /** Records the decision on a key that has none yet, and returns its row. */
  int add(LedgerRow decided, int toyPosition, long nowMs) {
    if (toyPosition < 0 || toyPosition >= MAX_TOYS) {
      throw new IllegalArgumentException("toyPosition=" + toyPosition);
    }
    if (keys.find(decided.key()) != ABSENT) {
      throw new IllegalStateException("key decided twice: " + decided.key());
    }
    int row = keys.add(decided.key());
    decisions.add((long) decided.state().ordinal() << 48 | body(toyPosition, decided.quantity()));
    if (decided.state() == LedgerState.HELD) {
      holds.put(row, new Hold(decided.key(), decided.toy(), decided.quantity(), nowMs));
    }
    return row;
  }

  LedgerState state(int row) {
    return LedgerState.at((int) (decisions.get(row) >>> 48));
  }

  /**
   * What a repeated request is told: the decision of this row, if it was on the same body.
   *
   * @param toyPosition -1 for a toy that does not exist
   */
  ReserveOutcome recall(int row, int toyPosition, int quantity) {
    if ((decisions.get(row) << 16 >>> 16) != body(toyPosition, quantity)) {
      return ReserveOutcome.KEY_REUSED;
    }
    return ReserveOutcome.HELD;
  }

  /** Turns a hold into a sale; false when the row is no hold. */
  boolean settle(int row) {
    if (state(row) != LedgerState.HELD) {
      return false;
    }
    long body = decisions.get(row) & (1L << 48) - 1;
    decisions.set(row, (long) LedgerState.SOLD.ordinal() << 48 | body);
    holds.remove(row);
    return true;
  }

  /** Holds by row, oldest first. */
  Map<Integer, Hold> holds() {
    return holds;
  }

  private static long body(int toyPosition, int quantity) {
    return (long) toyPosition << 32 | quantity;
  }

  /** Bytes of memory the rows occupy, holds (few at a time) not counted. */
  long bytes() {
    return keys.bytes() + decisions.bytes();
  }
}
