package toystore.model;

/**
 * An entry's place and the epoch it was appended in. Two logs that share a position are the same up
 * to it (log matching, Raft section 5.3). The order is the one in which logs are more up to date:
 * by epoch, then by index.
 *
 * @param epoch epoch of the entry, {@link Epochs#NONE} before the first
 * @param index from 0, which is before the first entry
 */
public record LogPosition(long epoch, long index) implements Comparable<LogPosition> {
  /** No log is longer, so that indexes can be added up. */
  public static final long MAX_INDEX = 1L << 50;

  public static final LogPosition START = new LogPosition(Epochs.NONE, 0);

  public LogPosition {
    Require.that(index >= 0 && index <= MAX_INDEX, "index", index);
    Require.that(epoch >= Epochs.NONE && epoch <= Epochs.LAST, "epoch", epoch);
  }

  /**
   * Checks that a log can have this position: before the first entry there is no epoch, and every
   * entry has one.
   */
  public static void requirePlace(String component, LogPosition position) {
    Require.present(component, position);
    boolean isStart = position.index() == 0;
    Require.that(isStart == (position.epoch() == Epochs.NONE), component, position);
  }

  @Override
  public int compareTo(LogPosition other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(index, other.index);
  }
}
