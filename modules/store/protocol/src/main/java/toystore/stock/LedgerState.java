package toystore.stock;

/** What became of a purchase key. */
public enum LedgerState {
  /** Stock is taken; an order will follow. */
  HELD,
  /** The order exists. */
  SOLD;

  private static final LedgerState[] ALL = values();

  static LedgerState at(int ordinal) {
    return ALL[ordinal];
  }
}
