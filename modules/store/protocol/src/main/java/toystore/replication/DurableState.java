package toystore.replication;

import java.util.List;
import toystore.replication.Effects.Promise;

/**
 * What a replica's file holds when its process starts.
 *
 * @param entries the whole log, from index 1, without gaps
 * @param promise the last promise written
 * @param committed highest index written as committed
 * @param applied highest index that needs no applying any more
 * @param rebuilding the file was newly made, or a rebuild in it was not finished: what the replica
 *     once promised and acknowledged may be forgotten
 */
public record DurableState(
    List<Entry> entries, Promise promise, long committed, long applied, boolean rebuilding) {

  /** A file that was just made. */
  public static DurableState fresh() {
    return new DurableState(List.of(), Promise.NONE, 0, 0, true);
  }
}
