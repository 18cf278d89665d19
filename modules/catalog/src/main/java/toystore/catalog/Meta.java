package toystore.catalog;

/** The named numbers that must survive a restart. */
public enum Meta {
  /** Reservations of older epochs are refused. */
  FENCE,
  /** The last session id given out: ids are never reused. */
  LAST_SESSION,
  /** The longest time, in milliseconds, a session granted so far may outlive the catalog. */
  LEASE_MS
}
