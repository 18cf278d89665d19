package toystore.raft.core;

import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/**
 * What a replica finds on its disk when it starts.
 *
 * @param promise term and vote; {@link Promise#NONE} on a disk that is new, lost, or being rebuilt
 * @param base the position before the first entry held
 * @param entries the log from there
 * @param saved last position applied to the state machine's own disk
 * @param takenIn index up to which that disk has pieces of a snapshot, where one was under way
 */
public record Restored(
    Promise promise, LogPosition base, List<Entry> entries, LogPosition saved, long takenIn) {
  static final Restored NOTHING =
      new Restored(Promise.NONE, LogPosition.START, List.of(), LogPosition.START);

  public Restored {
    entries = List.copyOf(entries);
    if (takenIn < saved.index()) {
      throw new IllegalArgumentException("saved=" + saved + " takenIn=" + takenIn);
    }
  }

  /** Where no snapshot was under way. */
  public Restored(Promise promise, LogPosition base, List<Entry> entries, LogPosition saved) {
    this(promise, base, entries, saved, saved.index());
  }
}
