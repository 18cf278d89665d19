package toystore.client;

import toystore.api.ToyAvailability;

/**
 * What is measured apart. {@code QUERY} in a report holds hits, misses and queries that do not say.
 */
public enum RequestKind {
  QUERY("query"),
  QUERY_HIT("queryHit"),
  QUERY_MISS("queryMiss"),
  /** A query of a toy that there is not: 404 is its good answer. */
  UNKNOWN("unknown"),
  BUY("buy"),
  /** A purchase refused for lack of stock: a good answer, but cheaper than a sale. */
  REFUSAL("refusal"),
  ORDER("order"),
  /**
   * Query, and purchase if there was one, all answered: from the iteration's intended start to its
   * last answer. Open loop only: the closed one has no start that was intended.
   */
  ITERATION("iteration");

  private final String key;

  RequestKind(String key) {
    this.key = key;
  }

  static RequestKind of(ToyAvailability.Source source) {
    return switch (source) {
      case CACHE -> QUERY_HIT;
      case CATALOG -> QUERY_MISS;
      case UNKNOWN -> QUERY;
    };
  }

  /** Its name in checks, JSON and log tags. */
  public String key() {
    return key;
  }

  /** Whether it is a request of its own, which can fail. */
  boolean isSent() {
    return this == QUERY || this == UNKNOWN || this == BUY || this == ORDER;
  }

  /** Whether its latencies are part of another kind's. */
  boolean isPart() {
    return this == QUERY_HIT || this == QUERY_MISS;
  }
}
