package toystore.replication;

import java.util.List;
import java.util.Objects;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Require;

/**
 * One place of the log.
 *
 * @param index position in the log, from 1, without gaps
 * @param epoch the epoch of the leader that appended it
 * @param purchase what is bought; null in a no-op, by which a new leader commits what it adopted
 */
public record Entry(long index, long epoch, PurchaseRequest purchase) {
  public Entry {
    boolean counts = index >= 1 && index <= LogPosition.MAX_INDEX;
    if (!counts || epoch <= Epochs.NONE || epoch > Epochs.LAST) {
      throw new IllegalArgumentException("index=" + index + " epoch=" + epoch);
    }
  }

  public static Entry noOp(long index, long epoch) {
    return new Entry(index, epoch, null);
  }

  public static Entry of(long index, long epoch, PurchaseRequest purchase) {
    return new Entry(index, epoch, Objects.requireNonNull(purchase, "purchase"));
  }

  /**
   * Checks that these entries could be a part of a log: without gaps behind a position, epochs
   * never falling, none later than the one named.
   */
  public static void requireUnbroken(LogPosition previous, List<Entry> entries, long newest) {
    LogPosition.requirePlace("previous", previous);
    Require.batch("entries", entries);
    Require.that(previous.epoch() <= newest, "previous", previous);
    long index = previous.index();
    long epoch = previous.epoch();
    for (Entry entry : entries) {
      index++;
      if (entry.index() != index || entry.epoch() < epoch || entry.epoch() > newest) {
        throw new IllegalArgumentException("entries have " + entry.position() + " behind index "
            + (index - 1) + " of epoch " + epoch + ", in epoch " + newest);
      }
      epoch = entry.epoch();
    }
  }

  public LogPosition position() {
    return new LogPosition(epoch, index);
  }
}
