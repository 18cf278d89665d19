package toystore.stock;

import toystore.cache.ProductCache;
import toystore.cache.SessionKeeper;
import toystore.stock.CatalogMessages.ToyState;

/** A front-end's cache and its session, on a clock that runs at its own rate. */
final class SimulatedCache {
  private static final long RETRY_MS = 30;

  final int id;
  final ProductCache<ToyState> cache = new ProductCache<>(2);
  final SessionKeeper keeper = new SessionKeeper(cache, RETRY_MS);
  private final double rate;

  SimulatedCache(int id, double rate) {
    this.id = id;
    this.rate = rate;
  }

  long nanos(long worldMs) {
    return (long) (worldMs * rate * 1_000_000);
  }
}
