package toystore.replication;

import java.util.Objects;
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
}
