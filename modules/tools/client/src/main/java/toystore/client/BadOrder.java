package toystore.client;

/**
 * An order that is not what its buyer was told.
 *
 * @param expected what the store acknowledged, for a person
 * @param got what it says now, for a person
 */
record BadOrder(OrderFlaw kind, long number, String expected, String got) {
  enum OrderFlaw {
    /** The store no longer knows it. */
    LOST,
    /** By that number the store answers another order, or what is none at all. */
    WRONG,
    /** One number was given to several purchases. */
    DOUBLED
  }
}
