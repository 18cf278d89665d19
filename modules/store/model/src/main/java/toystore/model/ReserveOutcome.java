package toystore.model;

/** What the catalog decided about a purchase. */
public enum ReserveOutcome {
  /** The stock is taken; the purchase will become an order. */
  HELD,
  OUT_OF_STOCK,
  TOY_NOT_FOUND,
  /** The catalog knows the key with another body. */
  KEY_REUSED,
  /** Nothing: the request is too old. */
  UNDECIDED,
  /** Nothing: there is no room for another decision. */
  FULL
}
