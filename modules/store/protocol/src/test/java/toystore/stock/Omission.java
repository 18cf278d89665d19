package toystore.stock;

/** A rule that a simulated world leaves out, to show that it is needed. */
enum Omission {
  NOTHING,
  /** The catalog lets copies of a changing toy be kept. */
  NO_COPIES_DURING_A_CHANGE,
  /** The catalog takes a pushed invalidation for an acknowledged one. */
  WAITING_FOR_ACKNOWLEDGEMENTS,
  /** Readers see changes before they are acknowledged. */
  VISIBILITY_AFTER_ACKNOWLEDGEMENT,
  /** After a restart the catalog answers at once. */
  GRACE_AFTER_A_RESTART,
  /** A refusal does not wait for the changes that led to it. */
  REFUSAL_BEHIND_CHANGES,
  /** A leader is told of a hold before its change may be known. */
  HOLDS_BEHIND_CHANGES,
  /** The catalog waits for a lease without margin for drifting clocks. */
  MARGIN_FOR_DRIFT,
  /** The catalog counts sessions from 1 again after a restart. */
  SESSION_IDS_SURVIVE,
  /** The front-end serves its cache after its lease. */
  LEASE_CHECK,
  /** The front-end counts its lease from the answer. */
  LEASE_FROM_SENDING,
  /** The front-end stores an answer that an invalidation has overtaken. */
  LATE_FILL_REFUSED,
  /** The front-end keeps its cache over a new session. */
  EMPTY_CACHE_AT_HELLO
}
