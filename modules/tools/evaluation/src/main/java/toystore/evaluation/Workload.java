package toystore.evaluation;

/** What is asked of the store. */
enum Workload {
  CACHED_QUERY("cached query", true),
  UNCACHED_QUERY("uncached query", false),
  PURCHASE("purchase", true),
  ORDER_QUERY("order query", true);

  private final String label;
  private final boolean cache;

  Workload(String label, boolean cache) {
    this.label = label;
    this.cache = cache;
  }

  String label() {
    return label;
  }

  /** Whether the store that it is asked of caches. */
  boolean cache() {
    return cache;
  }
}
