package toystore.replication;

/**
 * An entry's place and the epoch it was appended in. Two logs that share a position are the same up
 * to it (log matching, Raft section 5.3). The order is the one in which logs are more up to date:
 * by epoch, then by index.
 *
 * @param epoch epoch of the entry, {@link Epochs#NONE} before the first
 * @param index from 0, which is before the first entry
 */
public record LogPosition(long epoch, long index) implements Comparable<LogPosition> {
  public static final LogPosition START = new LogPosition(Epochs.NONE, 0);

  @Override
  public int compareTo(LogPosition other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(index, other.index);
  }
}
