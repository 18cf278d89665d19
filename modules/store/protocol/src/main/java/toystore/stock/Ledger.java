package toystore.stock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import toystore.model.KeyTable;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;

/**
 * The purchases whose stock was taken, for ever: a key takes stock once. What was refused is in
 * {@link Refusals}, for a while.
 *
 * <p>Rows are numbered from 0 as they are added. The disk has them under the same numbers, so that
 * a new row goes to the end of its table whatever its key is. The newest rows are in memory, in
 * steps; a row costs 69 bytes of it with a key of 36 characters (see {@link KeyTable}). A step that
 * is full, sold and durable is sealed, and leaves memory: its rows are {@link OlderRows} then.
 */
final class Ledger {
  static final int ABSENT = KeyTable.ABSENT;

  /** A purchase's stock that is taken and waits for its order. */
  record Hold(String key, String toy, int quantity, long sinceMs) {
    PurchaseRequest purchase() {
      return new PurchaseRequest(key, toy, quantity);
    }
  }

  /**
   * What was decided on a key.
   *
   * @param outcome of the same key with the body that was asked for
   */
  record Decided(int row, ReserveOutcome outcome) {}

  private final long hashSeed;
  private final OlderRows older;
  // Invariant: they follow each other without a gap, the oldest first; all but the last are full.
  // Between the rows that are older and the first of them is none either.
  private final Deque<LedgerStep> steps = new ArrayDeque<>();
  // Invariant: exactly the rows whose state is HELD.
  private final Map<Integer, Hold> holds = new LinkedHashMap<>();
  // Invariant: the rows below this number are older, or are to be sealed.
  private int sealBelow;
  // Invariant: the bytes of all steps but the last. It is asked for with each purchase.
  private long fullBytes;

  Ledger(long hashSeed, OlderRows older) {
    this.hashSeed = hashSeed;
    this.older = older;
    steps.add(new LedgerStep(older.count(), hashSeed));
  }

  int size() {
    return steps.getLast().end();
  }

  /**
   * What was decided on this key, or null.
   *
   * @param toyPosition of the toy that is asked for, -1 where it does not exist
   */
  Decided find(PurchaseRequest asked, int toyPosition) {
    LedgerStep step = stepOf(asked.key());
    if (step != null) {
      int row = step.find(asked.key());
      return decided(row, step.isOn(row, toyPosition, asked.quantity()));
    }
    OlderRows.OlderRow old = older.find(asked.key());
    if (old == null) {
      return null;
    }
    LedgerRow before = old.decided();
    boolean same = before.toy().equals(asked.name()) && before.quantity() == asked.quantity();
    return decided(old.row(), same);
  }

  private static Decided decided(int row, boolean sameBody) {
    return new Decided(row, sameBody ? ReserveOutcome.HELD : ReserveOutcome.KEY_REUSED);
  }

  /** The step in memory that has this key, or null. What is asked for again is mostly young. */
  private LedgerStep stepOf(String key) {
    Iterator<LedgerStep> youngestFirst = steps.descendingIterator();
    while (youngestFirst.hasNext()) {
      LedgerStep step = youngestFirst.next();
      if (step.find(key) != ABSENT) {
        return step;
      }
    }
    return null;
  }

  /** Records the decision on a key that {@link #find} does not find, and returns its row. */
  int add(LedgerRow decided, int toyPosition, long nowMs) {
    // Whoever adds has looked at all others; this is against the mistake that is made most easily.
    if (steps.getLast().find(decided.key()) != ABSENT) {
      throw new IllegalStateException("key decided twice: " + decided.key());
    }
    if (steps.getLast().size() == older.step()) {
      fullBytes += steps.getLast().bytes();
      steps.add(new LedgerStep(size(), hashSeed));
    }
    int row = size();
    steps.getLast().add(decided.key(), decided.state(), toyPosition, decided.quantity());
    if (decided.state() == LedgerState.HELD) {
      holds.put(row, new Hold(decided.key(), decided.toy(), decided.quantity(), nowMs));
    }
    return row;
  }

  /**
   * Turns the hold of this key, if there is one, into a sale. An older row is none.
   *
   * @param writeId the write that makes it durable
   * @return its row, or {@link #ABSENT}
   */
  int settle(String key, long writeId) {
    LedgerStep step = stepOf(key);
    if (step == null) {
      return ABSENT;
    }
    int row = step.find(key);
    if (!step.settle(row, writeId)) {
      return ABSENT;
    }
    holds.remove(row);
    return row;
  }

  /**
   * Lets go of what is sealed, and asks once for each step: the rows below this number are to be
   * sealed now, or {@link #ABSENT}. Only the oldest step in memory may be: behind a hold, none is.
   *
   * @param durableId all writes up to this one are on disk
   */
  int sealNext(long durableId) {
    letGo();
    LedgerStep oldest = steps.getFirst();
    if (oldest.first < sealBelow || oldest.size() < older.step() || !oldest.isFinal(durableId)) {
      return ABSENT;
    }
    sealBelow = oldest.end();
    return sealBelow;
  }

  private void letGo() {
    while (steps.getFirst().end() <= older.count() && steps.getFirst().size() > 0) {
      LedgerStep gone = steps.removeFirst();
      if (steps.isEmpty()) {
        steps.add(new LedgerStep(gone.end(), hashSeed));
      } else {
        fullBytes -= gone.bytes();
      }
    }
  }

  /** Holds by row, oldest first. */
  Map<Integer, Hold> holds() {
    return holds;
  }

  /** Bytes of memory the rows occupy, holds (few at a time) not counted. */
  long bytes() {
    return fullBytes + steps.getLast().bytes();
  }
}
