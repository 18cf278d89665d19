package toystore.leader;

import toystore.model.Role;

/**
 * A replica's answer to a ping.
 *
 * @param promised epoch promised; for a leader, its own
 * @param leader of that epoch, as far as it knows; 0 for none
 * @param eligible may be appointed: it is whole, and its disk is not stuck
 * @param ready leads, and may be sent purchases
 * @param serving ready, heard by a majority lately, and the catalog answers it
 * @param trouble what is wrong there and what a person must do about it; null where nothing is
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
    boolean serving,
    String trouble) {

  /** Of a replica with which nothing is wrong. */
  public ReplicaHealth(
      int id,
      Role role,
      long promised,
      int leader,
      long lastIndex,
      long committed,
      boolean eligible,
      boolean ready,
      boolean serving) {
    this(id, role, promised, leader, lastIndex, committed, eligible, ready, serving, null);
  }

  boolean leads() {
    return role == Role.LEADER && ready;
  }

  /** Named or elected, and on its way to readiness. */
  boolean takesOver() {
    return (role == Role.LEADER || role == Role.CANDIDATE) && !ready;
  }
}
