package toystore.edge;

import java.util.Locale;

/**
 * The legs on a purchase's way, as the services measure them. Each is named after what happens, and
 * a call after what is called: {@code *_CALL} is what the caller sees, its namesake what the callee
 * needs for it.
 */
public enum Leg {
  /** At the front-end: from the request's head until the answer is written. */
  PURCHASE,
  /** At the front-end: until the call to the leader leaves that carries it. */
  BUY_WAIT,
  /** At the front-end: that call. */
  BUY_CALL,
  /** At the leader: from the front-end's call until the answer. It is the sum of the next five. */
  BUY,
  /** At the leader: until the call to the catalog leaves that carries it. */
  RESERVE_WAIT,
  /** At the leader: that call. */
  RESERVE_CALL,
  /** At the leader: from the catalog's answer until it is proposed to the log. */
  PROPOSE_WAIT,
  /** At the leader: until it is committed and applied. */
  REPLICATE,
  /** At the leader: from then until it is answered. */
  ANSWER,
  /** At the leader: a call that brings it to another replica. */
  APPEND_CALL,
  /** At the leader, when the purchase is answered: the call that tells the catalog of the sale. */
  SETTLE_CALL,
  /** At a replica that follows: from the leader's call until all of it is on disk. */
  APPEND,
  /** At each replica: until the write to its log that has it is on disk. */
  LOG,
  /** At the catalog: from the leader's call until the answer. */
  RESERVE,
  /** At the catalog: until the transaction begins that has it. */
  COMMIT_WAIT,
  /** At the catalog: that transaction, with its fsync. */
  COMMIT,
  /** At the catalog: until a front-end has dropped the toy; none where no cache has it. */
  INVALIDATE;

  /** Its name among the figures. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
