package toystore.replication;

import java.util.List;
import toystore.model.Require;
import toystore.model.Role;

/**
 * A replica and the end of its log, for people to look at.
 *
 * @param promised epoch promised; for a leader, its own
 * @param committed highest index known committed here
 * @param known highest committed index heard of from anyone
 * @param durable a crash leaves all entries up to this index
 * @param last index of the last entry
 * @param entries the last ones, in order
 */
public record LogGlance(
    Role role,
    long promised,
    long committed,
    long known,
    long durable,
    long last,
    List<LogLine> entries) {
  public LogGlance {
    Require.present("role", role);
    Require.noNull("entries", entries);
  }

  /** Committed entries that this replica has not. */
  public long left() {
    return Math.max(0, known - committed);
  }

  /**
   * One entry.
   *
   * @param order its number; null while it is none, and for ever where it makes none
   * @param toy null in a no-op
   */
  public record LogLine(long index, long epoch, Long order, String toy, int quantity) {}
}
