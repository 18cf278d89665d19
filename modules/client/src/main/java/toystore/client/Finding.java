package toystore.client;

/**
 * An order that is not what its buyer was told.
 *
 * @param expected what the store acknowledged, for a person
 * @param got what it says now, for a person
 */
record Finding(Kind kind, long number, String expected, String got) {
  enum Kind {
    /** The store no longer knows it. */
    LOST,
    /** The store knows another order by that number. */
    WRONG,
    /** One number was given to several purchases. */
    DOUBLED
  }
}
