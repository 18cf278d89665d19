package toystore.replication;

import java.util.List;
import toystore.model.Require;

/**
 * What replicas say to each other. A request draws exactly one reply, made by the receiver in the
 * very step that took the request in; so a shell can carry both in one HTTP exchange.
 *
 * <p>Each checks itself when it is made, so one that contradicts itself is nowhere. What remains to
 * a core is whether it may come from its sender, and fits what was asked.
 */
public interface Message {
  /** Id of the replica that sent it. */
  int from();

  /** Id of the replica it is for. */
  int to();

  /** Whether this answers a request. */
  boolean isReply();

  /** The entries of the log that it brings, none for most. */
  default List<Entry> entries() {
    return List.of();
  }

  /**
   * Whether the answer only says what is known, and neither promises nor acknowledges anything: a
   * replica that does not take part may give it.
   */
  default boolean asksOnly() {
    return false;
  }

  /** Checks that it goes from one replica to another. */
  static void requireEnds(int from, int to) {
    Require.atLeast(1, "from", from);
    Require.atLeast(1, "to", to);
    if (from == to) {
      throw new IllegalArgumentException("from and to are both " + from);
    }
  }
}
