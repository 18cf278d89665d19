package toystore.desk;

/**
 * A desk, for status and metrics.
 *
 * @param role active, standby, or taking over
 * @param epoch of the desk in office, as far as known; 0 for none
 * @param orders that were known to be durable when it was last in office
 * @param trouble what is wrong, for a person; null where nothing is
 * @param clockMs the clock by which requests have an age; 0 where this desk is not in office
 * @param waiting questions that wait or are under way
 * @param callingBack toys whose copies are being called back
 * @param pushes messages to front-ends that call copies back
 * @param turns since start
 * @param sold purchases answered with an order number since start, repeated ones too
 * @param refused purchases answered with too little stock since start, repeated ones too
 * @param restockInMs until it next looks for toys that are sold out
 */
public record DeskStatus(
    String role,
    long epoch,
    long orders,
    boolean connected,
    String trouble,
    long clockMs,
    int waiting,
    int sessions,
    long callingBack,
    long pushes,
    long turns,
    long sold,
    long refused,
    long restockInMs) {

  /** Whether it takes purchases. */
  public boolean isActive() {
    return "active".equals(role);
  }
}
