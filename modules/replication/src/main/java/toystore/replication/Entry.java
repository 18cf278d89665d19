package toystore.replication;

import java.util.Objects;
import toystore.model.Chain;
import toystore.model.PurchaseRequest;

/**
 * One place of the log.
 *
 * @param index position in the log, from 1, without gaps
 * @param epoch the epoch of the leader that appended it
 * @param purchase what is bought; null in a no-op, by which a new leader commits what it adopted
 */
public record Entry(long index, long epoch, PurchaseRequest purchase) {
  public Entry {
    if (index < 1 || epoch <= Epochs.NONE) {
      throw new IllegalArgumentException("index=" + index + " epoch=" + epoch);
    }
  }

  public static Entry noOp(long index, long epoch) {
    return new Entry(index, epoch, null);
  }

  public static Entry of(long index, long epoch, PurchaseRequest purchase) {
    return new Entry(index, epoch, Objects.requireNonNull(purchase, "purchase"));
  }

  public LogPosition position() {
    return new LogPosition(epoch, index);
  }

  /**
   * This entry's link of the chain over a log. Two logs with the same link at an index are the same
   * up to it, also where an epoch was used twice because a file went back in time.
   *
   * @param previous link of the entry before, {@link Chain#START} before the first
   */
  public long link(Chain chain, long previous) {
    return purchase == null
        ? chain.next(previous, index, epoch)
        : chain.next(
            previous,
            index,
            epoch,
            purchase.key(),
            purchase.name(),
            Integer.toString(purchase.quantity()));
  }
}
