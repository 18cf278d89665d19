package toystore.history;

import java.util.Arrays;
import java.util.Comparator;

/**
 * One way in which all can have gone up to an instant: which of the open operations have happened,
 * how many possible sales, and the stock now. Immutable; equal when place and stock are, whatever
 * the possible sales.
 */
final class Branch {
  /** Those that need the fewest possible sales and run ahead the least come first. */
  static final Comparator<Branch> LIKELIEST_FIRST =
      Comparator.comparingInt(Branch::usedInAll).thenComparingInt(Branch::length);

  private final long stock;
  private final long sold;
  private final long[] done;
  private final int[] used;
  private final boolean unsettled;
  private final BranchStep last;

  private Branch(
      long stock, long sold, long[] done, int[] used, boolean unsettled, BranchStep last) {
    this.stock = stock;
    this.sold = sold;
    this.done = done;
    this.used = used;
    this.unsettled = unsettled;
    this.last = last;
  }

  static Branch start(long stock, int slots, int quantities) {
    return new Branch(
        stock, 0, new long[(slots + Long.SIZE - 1) / Long.SIZE], new int[quantities], false, null);
  }

  long stock() {
    return stock;
  }

  /** Units sold so far, without possible sales. */
  long sold() {
    return sold;
  }

  /** Whether the operation in that slot has happened. */
  boolean has(int slot) {
    return (done[slot >> 6] >>> slot & 1) != 0;
  }

  /** How many possible sales of the quantity of that index have happened. */
  int used(int quantity) {
    return used[quantity];
  }

  int usedInAll() {
    int sum = 0;
    for (int count : used) {
      sum += count;
    }
    return sum;
  }

  /** Whether nothing but sales has happened since the last settling. */
  boolean isUnsettled() {
    return unsettled;
  }

  BranchStep last() {
    return last;
  }

  int length() {
    return last == null ? 0 : last.count();
  }

  /** An operation happens that changes nothing. */
  Branch take(int slot, int index) {
    return new Branch(stock, sold, flipped(slot), used, false, new BranchStep(index, stock, last));
  }

  /** A sale happens. */
  Branch sell(int slot, int index, long amount) {
    long left = stock - amount;
    return new Branch(
        left, sold + amount, flipped(slot), used, true, new BranchStep(index, left, last));
  }

  /** The next possible sale of that quantity happens. */
  Branch sellPossible(int quantity, int index, long amount) {
    long left = stock - amount;
    int[] more = used.clone();
    more[quantity]++;
    return new Branch(left, sold, done, more, true, new BranchStep(index, left, last));
  }

  Branch restock(long restockTo) {
    return new Branch(
        restockTo, sold, done, used, false, new BranchStep(BranchStep.RESTOCK, restockTo, last));
  }

  /** The operation in that slot, which has happened, has returned. */
  Branch release(int slot) {
    return new Branch(stock, sold, flipped(slot), used, false, last);
  }

  private long[] flipped(int slot) {
    long[] bits = done.clone();
    bits[slot >> 6] ^= 1L << slot;
    return bits;
  }

  /** Whether whatever can follow the other, at an equal place, can follow this one. */
  boolean covers(Branch other) {
    if (unsettled && !other.unsettled) {
      return false;
    }
    for (int i = 0; i < used.length; i++) {
      if (used[i] > other.used[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Branch branch
        && branch.stock == stock
        && Arrays.equals(branch.done, done);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(done) + Long.hashCode(stock);
  }

  /** What happened last, and before. */
  record BranchStep(int index, long stockAfter, BranchStep before, int count) {
    static final int RESTOCK = -1;

    BranchStep(int index, long stockAfter, BranchStep before) {
      this(index, stockAfter, before, before == null ? 1 : before.count + 1);
    }

    @Override
    public String toString() {
      return "step " + count; // The chain is as long as the history.
    }
  }
}
