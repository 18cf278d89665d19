package toystore.raft.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.LogPosition;
import toystore.replication.Entry;
import toystore.virtualtime.Violation;

/** Sees everything, and knows what must hold after every event (Raft figure 3). */
final class Oracle {
  private final Map<Long, Integer> leaders = new HashMap<>();
  private final Map<LogPosition, Placed> placed = new HashMap<>();
  private final List<Entry> committed = new ArrayList<>();
  private final List<Long> committedIn = new ArrayList<>();
  private final Map<String, Long> acknowledged = new HashMap<>();
  private long lastAcknowledged;

  /** An entry and the term before it: by induction, all that is before it. */
  private record Placed(Entry entry, long previousTerm) {}

  /** Log matching: entries of one index and term are the same, and so is all before them. */
  void appended(int replica, Entry entry, long previousTerm) {
    Placed here = new Placed(entry, previousTerm);
    Placed known = placed.putIfAbsent(entry.position(), here);
    if (known != null && !known.equals(here)) {
      throw new Violation("log matching: replica " + replica + " has " + here + ", not " + known);
    }
  }

  /** Election safety, and leader completeness. */
  void leads(int replica, long term, RaftLog log) {
    Integer other = leaders.putIfAbsent(term, replica);
    if (other != null && other != replica) {
      throw new Violation("election safety: " + other + " and " + replica + " lead " + term);
    }
    for (Entry entry : committed) {
      // A leader elected by votes that were long under way owes nothing to later terms.
      boolean owed = committedIn.get((int) entry.index() - 1) < term;
      if (owed && entry.index() > log.base().index() && !log.holds(entry.position())) {
        throw new Violation("leader completeness: leader " + replica + " of term " + term
            + " lacks " + entry.position());
      }
    }
  }

  /**
   * State machine safety: at each index all apply the same.
   *
   * @param term the term this replica is in: the entry was committed in it, or earlier
   * @param before what this replica has applied so far
   * @return whether this entry is the first one applied at its index
   */
  boolean applied(int replica, long term, Entry entry, List<Entry> before) {
    if (entry.index() != before.size() + 1L) {
      throw new Violation("state machine safety: replica " + replica + " applies "
          + entry.position() + " after " + before.size());
    }
    if (entry.index() <= committed.size()) {
      Entry known = committed.get((int) entry.index() - 1);
      if (!known.equals(entry)) {
        throw new Violation(
            "state machine safety: replica " + replica + " applies " + entry + ", not " + known);
      }
      return false;
    }
    committed.add(entry);
    committedIn.add(term);
    return true;
  }

  void acknowledged(String key, long index) {
    acknowledged.put(key, index);
    lastAcknowledged = Math.max(lastAcknowledged, index);
  }

  /** What a read that begins now must see. */
  long lastAcknowledged() {
    return lastAcknowledged;
  }

  void read(int replica, long seen, long needed) {
    if (seen < needed) {
      throw new Violation("stale read: replica " + replica + " answers from " + seen + ", but "
          + needed + " was acknowledged before the question");
    }
  }
}
