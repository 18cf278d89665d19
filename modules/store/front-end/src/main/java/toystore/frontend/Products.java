package toystore.frontend;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import toystore.cache.ProductCache;
import toystore.cache.ProductCache.Ticket;
import toystore.edge.Address;
import toystore.edge.Batcher;
import toystore.edge.Loop;
import toystore.leader.HealthWatch;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.FrontEndMessages.ToyChange;

/**
 * Looks products up: in the cache, else at the catalog, with the session that guards the cache.
 * Owned by one event loop.
 *
 * @param <R> a response
 */
public final class Products<R> {
  private static final int MAX_BATCH = 256;

  private final Loop loop;
  private final boolean cached;
  private final ProductCache<R> cache;
  private final CatalogLink catalog;
  private final Function<ToyState, R> one;
  private final Function<List<ToyState>, R> many;
  private final PatientCalls calls;
  private final Batcher<String, R> fills;
  private final Batcher<Void, R> listings;

  /**
   * @param one the response for a toy
   * @param many the response for all toys
   * @param log told what changes
   */
  public Products(
      Loop loop,
      ProductOptions options,
      CatalogCalls catalog,
      Function<ToyState, R> one,
      Function<List<ToyState>, R> many,
      Consumer<String> log) {
    this.loop = loop;
    this.cached = options.cached();
    this.cache = new ProductCache<>(options.capacity());
    this.catalog = new CatalogLink(loop, options, catalog, cache, log);
    this.one = one;
    this.many = many;
    int maxWaiting = options.waits().maxWaiting();
    this.calls = new PatientCalls(
        loop::millis, options.waits().timeout().toMillis(), 0, maxWaiting, this.catalog::refuses);
    // One in flight: whoever asks meanwhile shares the next one, never the one already sent, which
    // may have read the stock before a change that was acknowledged since.
    this.fills = new Batcher<>(MAX_BATCH, 1, maxWaiting, this::fill);
    this.listings = new Batcher<>(maxWaiting, 1, maxWaiting, this::list);
  }

  /**
   * Starts to watch the catalog.
   *
   * @param listener where {@link #invalidate} is called from
   * @param tick runs every few milliseconds
   */
  public void start(Address listener, Runnable tick) {
    catalog.start(listener, () -> {
      calls.review();
      calls.again();
      tick.run();
    });
  }

  void stop() {
    catalog.stop();
  }

  /** The response for a toy that is cached and guarded now, else null. */
  public R cached(String name) {
    return cached ? cache.find(name, loop.nanos()) : null;
  }

  /** The response for a toy, from the catalog; fails with TOY_NOT_FOUND or UNAVAILABLE. */
  public Future<R> load(String name) {
    return calls
        .call(() -> fills.add(name))
        .compose(found -> found == null
            ? Future.failedFuture(new StoreException(StoreError.TOY_NOT_FOUND, "no such toy"))
            : Future.succeededFuture(found));
  }

  /** The response for all toys, in the catalog's order; fails with UNAVAILABLE. */
  public Future<R> all() {
    return calls.call(() -> listings.add(null));
  }

  /** Drops what changed: once this is answered, none of it is served from the cache any more. */
  public Future<Done> invalidate(Invalidate message) {
    // Whatever session it is for: to drop too much is always right.
    for (ToyChange change : message.changes()) {
      cache.invalidate(change.name(), change.version());
    }
    return Future.succeededFuture(new Done());
  }

  /** Whether the catalog answers at the moment. */
  public HealthWatch catalogWatch() {
    return catalog.watch();
  }

  ProductCache<R> cache() {
    return cache;
  }

  private Future<List<R>> fill(List<String> wanted) {
    List<String> names = new ArrayList<>(new LinkedHashSet<>(wanted));
    // The tickets date from the sending: an invalidation from now on makes them worthless.
    Map<String, Ticket> tickets =
        names.stream().collect(Collectors.toMap(Function.identity(), cache::beginLoad));
    return catalog.read(names).map(toys -> {
      if (toys.size() != names.size()) {
        throw new IllegalStateException(names.size() + " names got " + toys.size() + " toys");
      }
      Map<String, R> found = IntStream.range(0, names.size())
          .filter(i -> toys.get(i) != null)
          .boxed()
          .collect(Collectors.toMap(names::get, i -> keep(tickets.get(names.get(i)), toys.get(i))));
      return wanted.stream().map(found::get).collect(Collectors.toCollection(ArrayList::new));
    });
  }

  private R keep(Ticket ticket, ToyState toy) {
    R response = one.apply(toy);
    cache.finishLoad(ticket, toy.version(), toy.cacheable(), response);
    return response;
  }

  private Future<List<R>> list(List<Void> wanted) {
    return catalog.readAll().map(toys -> {
      R response = many.apply(toys);
      return wanted.stream().map(any -> response).toList();
    });
  }
}
