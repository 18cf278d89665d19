package toystore.evaluation;

import java.util.List;
import java.util.stream.LongStream;

/** What is asked of the store. */
enum Workload {
  CACHED_QUERY("cached query", true),
  UNCACHED_QUERY("uncached query", false),
  PURCHASE("purchase", true),
  ORDER_QUERY("order query", true);

  /** How many orders there are before orders are queried. */
  static final int ORDERS = 64;

  /** Fewer than the cache has room for. */
  private static final int CACHED_TOYS = 8;

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

  /** What its connections send in turn, at a store with these toys. */
  List<BenchRequest> requests(List<String> toys) {
    return switch (this) {
      case CACHED_QUERY, UNCACHED_QUERY ->
        toys.stream().limit(CACHED_TOYS).map(BenchRequest::product).toList();
      case PURCHASE -> toys.stream().map(BenchRequest::purchase).toList();
      case ORDER_QUERY ->
        LongStream.range(0, ORDERS).mapToObj(BenchRequest::order).toList();
    };
  }
}
