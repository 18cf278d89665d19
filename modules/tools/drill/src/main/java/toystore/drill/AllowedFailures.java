package toystore.drill;

import toystore.history.Operation;

/** Which requests the promises allow to fail while a fault lasts. */
enum AllowedFailures {
  /** One replica, whichever, is not needed. */
  NONE,
  /** Without the catalog: no purchase, and no product once the cache's lease is over. */
  CATALOG,
  /** A front-end that cannot reach the catalog: no product. */
  PRODUCTS,
  /** Without a majority: no purchase, and no proof that an order does not exist. */
  MAJORITY,
  /** Without the catalog no replica can take over: only what is known is found. */
  CATALOG_AND_LEADER,
  /** Without the database: nothing, once a request has waited for its time. */
  DATABASE,
  /** Without the front-end: nothing. */
  FRONT_END;

  /**
   * Whether a failure is within the promises.
   *
   * @param status of the answer, or 0 for no answer at all; no other than these two is excused,
   *     whatever fails: not a 500, and not a 200 that cannot be read
   * @param known every replica can be expected to know the order asked for
   */
  boolean covers(Operation.Type type, int status, boolean known) {
    if (this == FRONT_END) {
      return status == FailedRequest.NO_ANSWER || status == Shopper.UNAVAILABLE;
    }
    if (status != Shopper.UNAVAILABLE) {
      return false;
    }
    return switch (this) {
      case NONE, FRONT_END -> false;
      case DATABASE -> true;
      case PRODUCTS -> type == Operation.Type.QUERY;
      case CATALOG -> type != Operation.Type.ORDER_QUERY;
      case CATALOG_AND_LEADER -> !known;
      case MAJORITY -> type == Operation.Type.BUY || type == Operation.Type.ORDER_QUERY && !known;
    };
  }
}
