package toystore.stock;

/** The named numbers that must survive a restart. */
public enum Meta {
  /** Reservations of older epochs are refused. */
  FENCE,
  /** Who has the epoch of the fence: the life of a process. */
  OFFICE,
  /** How many orders the highest mark stands for that a leader has told. */
  MARK_ORDERS,
  /** The link of that mark. */
  MARK_LINK,
  /** The last session id given out: ids are never reused. */
  LAST_SESSION,
  /** The longest time, in milliseconds, a session granted so far may outlive the catalog. */
  LEASE_MS,
  /** No reading of the {@link RequestClock} that was told is above. */
  CLOCK
}
