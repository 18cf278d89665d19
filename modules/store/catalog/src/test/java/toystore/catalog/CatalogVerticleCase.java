package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.Patience;
import toystore.edge.Address;
import toystore.edge.ServiceClient;
import toystore.edge.Token;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;

/** A catalog over HTTP, on a port of its own. */
abstract class CatalogVerticleCase {
  static final Duration LIMIT = Duration.ofSeconds(Patience.SECONDS);

  @TempDir
  Path folder;

  final Vertx vertx = Vertx.vertx();
  JsonObject conf;
  CatalogVerticle verticle;
  String deployment;
  ServiceClient catalog;

  @BeforeEach
  void configure() throws IOException {
    conf = CompleteConf.in(folder);
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  StoreException refusal(String path, JsonObject body) {
    return assertThrows(
        StoreException.class,
        () -> get(catalog.exchange(HttpMethod.POST, path, body.toBuffer(), LIMIT)));
  }

  void assertRefused(StoreError error, String path, Object body) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> post(path, body, JsonObject.class));
    assertEquals(error, refusal.error(), refusal.getMessage());
  }

  void start() {
    verticle = new CatalogVerticle();
    deployment = get(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(conf)));
    catalog = new ServiceClient(
        vertx,
        new Address("127.0.0.1", verticle.port()),
        Token.of(CompleteConf.SECRET),
        Optional.empty(),
        4);
  }

  long hello(String address) {
    return post("/hello", new Hello(1, address), Lease.class).session();
  }

  ToyState read(long session, String name) {
    return post("/read", new Read(session, List.of(name)), Toys.class).toys().get(0);
  }

  List<ReserveOutcome> reserve(long epoch, String key, String toy, int quantity) {
    PurchaseRequest request = new PurchaseRequest(key, toy, quantity);
    return post(
            "/reserve",
            new Reserve(claim(epoch), List.of(request), List.of(0L)),
            ReserveOutcomes.class)
        .outcomes();
  }

  /** Of a leader that has asked which run of the catalog this is. */
  Claim claim(long epoch) {
    Fenced fenced = post("/fence", new Fence(1, 1), Fenced.class);
    return new Claim(epoch, fenced.incarnation(), Mark.NONE);
  }

  JsonObject json(String path) {
    return get(catalog.exchange(HttpMethod.GET, path, null, LIMIT)).toJsonObject();
  }

  <T> T post(String path, Object body, Class<T> type) {
    return get(catalog.post(path, body, type, LIMIT));
  }

  static <T> T get(Future<T> future) {
    try {
      return future.await(Patience.SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }
}
