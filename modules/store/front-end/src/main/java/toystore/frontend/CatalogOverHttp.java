package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import toystore.edge.PlannedAbsence;
import toystore.edge.ServiceClient;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.Toys;

/** The catalog over HTTP: what waits for a slow read does not hold up a check of its health. */
final class CatalogOverHttp implements CatalogCalls {
  private static final int READS = 4;
  private static final int CHECKS = 16;
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

  private final ServiceClient reads;
  private final ServiceClient checks;
  private final Duration ping;

  /** @param absence of the catalog, as operators announce it */
  CatalogOverHttp(Vertx vertx, FrontEndConfig config, PlannedAbsence absence) {
    FrontEndConfig.Services services = config.services();
    this.reads = services.client(vertx, services.catalog(), READS, absence);
    this.checks = services.client(vertx, services.catalog(), CHECKS, absence);
    this.ping = config.times().ping();
  }

  @Override
  public Future<Toys> read(Read wanted) {
    return reads.post("/read", wanted, Toys.class, READ_TIMEOUT);
  }

  @Override
  public Future<Toys> readAll() {
    return reads.post("/read-all", new ReadAll(), Toys.class, READ_TIMEOUT);
  }

  /** What is on its shelves now, and when it next looks for toys that are sold out. */
  Future<StockFeed.Shelves> shelves() {
    Future<Long> restock = checks
        .exchange(HttpMethod.GET, "/health", null, ping)
        .map(body -> body.toJsonObject().getLong("restockInMs"));
    return readAll().compose(read -> restock.map(inMs -> new StockFeed.Shelves(read.toys(), inMs)));
  }

  @Override
  public Future<?> health() {
    return checks.exchange(HttpMethod.GET, "/health", null, ping);
  }

  @Override
  public Future<Lease> hello(Hello hello) {
    return checks.post("/hello", hello, Lease.class, ping);
  }

  @Override
  public Future<Lease> renew(Renew renew) {
    return checks.post("/renew", renew, Lease.class, ping);
  }

  @Override
  public void close() {
    reads.close();
    checks.close();
  }
}
