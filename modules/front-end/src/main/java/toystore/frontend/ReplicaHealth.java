package toystore.frontend;

import toystore.replication.Role;

/**
 * A replica's answer to a ping.
 *
 * @param promised epoch promised; for a leader, its own
 * @param leader of that epoch, as far as it knows; 0 for none
 * @param eligible may be appointed: it is whole, and its disk is not stuck
 * @param ready leads, and may be sent purchases
 * @param serving ready, heard by a majority lately, and the catalog answers it
 */
public record ReplicaHealth(
    int id,
    Role role,
    long promised,
    int leader,
    long lastIndex,
    long committed,
    boolean eligible,
    boolean ready,
    boolean serving) {

  boolean leads() {
    return role == Role.LEADER && ready;
  }

  /** Named or elected, and on its way to readiness. */
  boolean takesOver() {
    return (role == Role.LEADER || role == Role.CANDIDATE) && !ready;
  }
}
