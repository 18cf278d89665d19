package toystore.replication;

import java.util.List;
import toystore.model.LogPosition;
import toystore.model.Role;

/**
 * A replication engine: a pure function from its state and an input to effects. Owned by whoever
 * calls {@link #step}, one thread at a time.
 */
public interface ReplicaCore {

  /** Takes one input in, and says all that must now be done. */
  Effects step(Input input);

  /**
   * Whether it takes part: it knows which epoch the catalog obeyed when its process started, or has
   * no need to.
   */
  default boolean knowsFence() {
    return true;
  }

  /** What this replica is, knows and has, now. */
  ReplicaStatus status();

  /** The entries of the log that {@link Effects#toApply} has not had yet; a copy. */
  List<Entry> unapplied();

  /** The end of the log, for people: at most so many entries; a copy. */
  LogEnd tail(int most);

  /**
   * The end of a log.
   *
   * @param durable a crash leaves all entries up to this index
   * @param entries in order; earlier ones may not be in memory any more
   */
  record LogEnd(long durable, List<Entry> entries) {}

  /**
   * A replica seen from outside.
   *
   * @param promised epoch promised; for a leader, its own
   * @param leader id of the leader of that epoch as far as known, 0 for none
   * @param last position of the last entry of the log, durable or not
   * @param committed highest index known committed
   * @param known highest committed index that this replica has heard of, from anyone: {@code known
   *     - committed} is how far it is behind
   * @param established leads, and has committed an entry of its own epoch
   * @param quorate leads, and a majority answered it recently
   * @param diskStuck its disk has ended no write for too long: it should not lead
   */
  record ReplicaStatus(
      int id,
      Role role,
      long promised,
      int leader,
      LogPosition last,
      long committed,
      long known,
      boolean established,
      boolean quorate,
      boolean diskStuck) {}
}
