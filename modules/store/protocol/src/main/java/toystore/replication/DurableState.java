package toystore.replication;

import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;

/**
 * What a replica's file holds when its process starts.
 *
 * @param base position before the first of the entries; those up to it are committed, and are read
 *     where they are asked for
 * @param entries of the log those behind the base, without gaps
 * @param promise the last promise written
 * @param committed highest index written as committed
 * @param applied highest index that needs no applying any more; not below the base
 * @param rebuilding the file was newly made, or a rebuild in it was not finished: what the replica
 *     once promised and acknowledged may be forgotten
 */
public record DurableState(
    LogPosition base,
    List<Entry> entries,
    Promise promise,
    long committed,
    long applied,
    boolean rebuilding) {

  public DurableState {
    if (applied < base.index() || applied > committed) {
      throw new IllegalArgumentException(
          "base=" + base + " applied=" + applied + " committed=" + committed);
    }
  }

  /** A state of which the whole log is in memory. */
  public DurableState(
      List<Entry> entries, Promise promise, long committed, long applied, boolean rebuilding) {
    this(LogPosition.START, entries, promise, committed, applied, rebuilding);
  }

  /** A file that was just made. */
  public static DurableState fresh() {
    return new DurableState(List.of(), Promise.NONE, 0, 0, true);
  }
}
