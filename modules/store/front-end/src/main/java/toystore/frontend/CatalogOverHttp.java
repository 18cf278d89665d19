package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import toystore.edge.Address;
import toystore.edge.PlannedAbsence;
import toystore.edge.ServiceClient;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.Toys;

/**
 * The catalog over HTTP: the service of that name or, in a store of desks, the desk in office. What
 * waits for a slow read does not hold up a check of its health. Owned by one event loop.
 */
final class CatalogOverHttp implements CatalogCalls {
  private static final int READS = 4;
  private static final int CHECKS = 16;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);
  private static final int THE_CATALOG = 0;
  private static final StoreException NO_DESK =
      new StoreException(StoreError.UNAVAILABLE, "no desk in office at the moment");

  /** To one service. */
  private record Link(ServiceClient reads, ServiceClient checks) {}

  /** By id of a desk; a catalog that is a service of its own is the only one. */
  private final Map<Integer, Link> links = new LinkedHashMap<>();

  private final IntSupplier inOffice;
  private final String checkPath;
  private final Duration ping;
  private String durability;

  /**
   * @param absence of the catalog, as operators announce it
   * @param deskInOffice its id, 0 for none; not asked where the catalog is a service of its own
   */
  CatalogOverHttp(
      Vertx vertx, FrontEndConfig config, PlannedAbsence absence, IntSupplier deskInOffice) {
    FrontEndConfig.Services services = config.services();
    Map<Integer, Address> addresses = services.isDesks()
        ? services.replicas()
        : Map.of(THE_CATALOG, services.catalog().orElseThrow());
    addresses.forEach((id, address) -> links.put(
        id,
        new Link(
            services.client(vertx, address, READS, absence),
            services.client(vertx, address, CHECKS, absence))));
    this.inOffice = services.isDesks() ? deskInOffice : () -> THE_CATALOG;
    this.checkPath = services.isDesks() ? "/shelves" : "/health";
    this.ping = config.times().ping();
  }

  /** What the last desk that answered makes sure of: replicated, or single; null before. */
  String durability() {
    return durability;
  }

  @Override
  public Future<Toys> read(Read wanted) {
    return ask(link -> link.reads.post("/read", wanted, Toys.class, READ_TIMEOUT));
  }

  @Override
  public Future<Toys> readAll() {
    return ask(link -> link.reads.post("/read-all", new ReadAll(), Toys.class, READ_TIMEOUT));
  }

  /** What is on its shelves now, and when it next looks for toys that are sold out. */
  Future<StockFeed.Shelves> shelves() {
    Future<Long> restock = ask(this::check).map(body -> body.toJsonObject().getLong("restockInMs"));
    return readAll().compose(read -> restock.map(inMs -> new StockFeed.Shelves(read.toys(), inMs)));
  }

  /** Of desks any will do: which of them is in office, those who watch for the leader know. */
  @Override
  public Future<?> health() {
    List<Future<Buffer>> checks = links.values().stream().map(this::check).toList();
    return Future.any(checks).recover(none -> Future.failedFuture(loss(checks)));
  }

  /** Who is silent may be slow; only when nobody listens, all are known to be down. */
  private static Throwable loss(List<Future<Buffer>> checks) {
    return checks.stream()
        .map(Future::cause)
        .filter(CatalogLink::isSilence)
        .findFirst()
        .orElseGet(() -> checks.get(0).cause());
  }

  private Future<Buffer> check(Link link) {
    return link.checks
        .exchange(HttpMethod.GET, checkPath, null, ping)
        .onSuccess(body -> durability = body.toJsonObject().getString("durability"));
  }

  @Override
  public Future<Lease> hello(Hello hello) {
    return ask(link -> link.checks.post("/hello", hello, Lease.class, ping));
  }

  @Override
  public Future<Lease> renew(Renew renew) {
    return ask(link -> link.checks.post("/renew", renew, Lease.class, ping));
  }

  private <T> Future<T> ask(Function<Link, Future<T>> question) {
    Link link = links.get(inOffice.getAsInt());
    return link == null ? Future.failedFuture(NO_DESK) : question.apply(link);
  }

  @Override
  public void close() {
    links.values().forEach(link -> {
      link.reads.close();
      link.checks.close();
    });
  }
}
