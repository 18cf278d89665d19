package toystore.model;

/** Every failure the store expects. What HTTP makes of each is decided in the edge module only. */
public enum StoreError {
  /** The request is malformed. */
  BAD_REQUEST,
  /** No toy has this name. */
  TOY_NOT_FOUND,
  /** No order has this number; a majority has proved it. */
  ORDER_NOT_FOUND,
  /** Less in stock than asked for; nothing was taken, and this key never will. */
  OUT_OF_STOCK,
  /** The key belongs to a purchase with another body. */
  KEY_REUSED,
  /** This replica does not lead; nothing follows about the outcome. */
  NOT_LEADER,
  /** The epoch is older than one the catalog or a replica has accepted. */
  FENCED,
  /** The catalog has restarted since this leader compared its orders with the catalog's record. */
  UNVERIFIED,
  /** The front-end's session at the catalog is unknown or over. */
  SESSION_EXPIRED,
  /** No room to remember one more decision, and none for a while: nothing was decided. */
  FULL,
  /** Too little is up, or too slow; the outcome of a purchase is unknown. */
  UNAVAILABLE
}
