package toystore.model;

/**
 * What the catalog decided about a purchase. What is held stays so; a refusal is final for all
 * copies of the request, and the key may be asked for again later.
 */
public enum ReserveOutcome {
  /** The stock is taken; the purchase will become an order. */
  HELD,
  OUT_OF_STOCK,
  TOY_NOT_FOUND,
  /** The catalog knows the key with another body. */
  KEY_REUSED,
  /** Nothing was decided: the request is too old. */
  UNDECIDED,
  /** Nothing was decided: there is no room for another decision. */
  FULL
}
