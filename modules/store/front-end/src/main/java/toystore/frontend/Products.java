package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import toystore.cache.ProductCache;
import toystore.cache.ProductCache.Ticket;
import toystore.edge.Batcher;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.ToyState;

/** Looks products up: in the cache, else at the catalog. Owned by one event loop. */
final class Products {
  private static final int MAX_BATCH = 256;

  private final CatalogLink catalog;
  private final ProductCache<Buffer> cache;
  private final boolean cacheEnabled;
  private final PatientCalls calls;
  private final Batcher<String, Buffer> fills;
  private final Batcher<Void, Buffer> listings;

  Products(FrontEndConfig config, CatalogLink catalog, ProductCache<Buffer> cache) {
    this.catalog = catalog;
    this.cache = cache;
    this.cacheEnabled = config.cache().enabled();
    int maxWaiting = config.capacity().waiting();
    this.calls = new PatientCalls(
        MonotonicClock::millis,
        config.times().request().toMillis(),
        0,
        maxWaiting,
        catalog::refuses);
    // One in flight: whoever asks meanwhile shares the next one, never the one already sent, which
    // may have read the stock before a change that was acknowledged since.
    this.fills = new Batcher<>(MAX_BATCH, 1, maxWaiting, this::fill);
    this.listings = new Batcher<>(maxWaiting, 1, maxWaiting, this::list);
  }

  /** The response for a toy that is cached and guarded now, else null. */
  Buffer cached(String name) {
    return cacheEnabled ? cache.find(name, MonotonicClock.nanos()) : null;
  }

  /** The response for a toy, from the catalog; fails with TOY_NOT_FOUND or UNAVAILABLE. */
  Future<Buffer> load(String name) {
    return calls
        .call(() -> fills.add(name))
        .compose(found -> found == null
            ? Future.failedFuture(new StoreException(StoreError.TOY_NOT_FOUND, "no such toy"))
            : Future.succeededFuture(found));
  }

  /** The response for all toys, in the catalog's order; fails with UNAVAILABLE. */
  Future<Buffer> all() {
    return calls.call(() -> listings.add(null));
  }

  /** Time goes on. */
  void tick() {
    calls.review();
    calls.again();
  }

  private Future<List<Buffer>> fill(List<String> wanted) {
    List<String> names = new ArrayList<>(new LinkedHashSet<>(wanted));
    // The tickets date from the sending: an invalidation from now on makes them worthless.
    Map<String, Ticket> tickets =
        names.stream().collect(Collectors.toMap(Function.identity(), cache::beginLoad));
    return catalog.read(names).map(toys -> {
      if (toys.size() != names.size()) {
        throw new IllegalStateException(names.size() + " names got " + toys.size() + " toys");
      }
      Map<String, Buffer> found = IntStream.range(0, names.size())
          .filter(i -> toys.get(i) != null)
          .boxed()
          .collect(Collectors.toMap(names::get, i -> keep(tickets.get(names.get(i)), toys.get(i))));
      return wanted.stream().map(found::get).collect(Collectors.toCollection(ArrayList::new));
    });
  }

  private Buffer keep(Ticket ticket, ToyState toy) {
    Buffer response = ProductBody.one(toy);
    cache.finishLoad(ticket, toy.version(), toy.cacheable(), response);
    return response;
  }

  private Future<List<Buffer>> list(List<Void> wanted) {
    return catalog.readAll().map(toys -> {
      Buffer response = ProductBody.all(toys);
      return wanted.stream().map(any -> response).toList();
    });
  }
}
