package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import toystore.edge.Address;
import toystore.edge.ConfigurationException;
import toystore.edge.InternalServer;
import toystore.edge.ServiceClient;
import toystore.edge.StartException;
import toystore.edge.Token;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.model.ToyBooks;
import toystore.stock.CatalogMessages.Audit;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.ReadAll;
import toystore.stock.CatalogMessages.Renew;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.FrontEndMessages.ToyChange;

/** The whole service over real HTTP, on a port of its own. */
@Timeout(30)
class CatalogVerticleTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private JsonObject conf;
  private CatalogVerticle verticle;
  private String deployment;
  private ServiceClient catalog;

  @BeforeEach
  void configure() throws IOException {
    conf = CompleteConf.in(folder);
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @Test
  void allToysAreReadInCatalogOrder() {
    start();

    List<ToyState> toys = post("/read-all", new ReadAll(), Toys.class).toys();

    assertEquals(new ToyState("Tux", 1599, 100, 1, false), toys.get(0));
    assertEquals(new ToyState("Fox", 100, 100, 1, false), toys.get(1));
  }

  @Test
  void anUnknownToyIsNull() {
    start();

    List<ToyState> toys =
        post("/read", new Read(0, List.of("Nix", "Fox")), Toys.class).toys();

    assertNull(toys.get(0));
    assertEquals("Fox", toys.get(1).name());
  }

  @Test
  void aReservationIsHeldThenSettledAndTheBooksBalance() {
    start();

    assertEquals(List.of(ReserveOutcome.HELD), reserve(1, "a", "Tux", 30));
    assertEquals(new ToyBooks("Tux", 100, 0, 70, 30, 0), audit("Tux"));

    post("/settle", new Settle(claim(1), List.of("a")), Done.class);
    assertEquals(new ToyBooks("Tux", 100, 0, 70, 0, 30), audit("Tux"));
  }

  @Test
  void eachReservationHasItsOwnOutcome() {
    start();

    List<ReserveOutcome> outcomes = post(
            "/reserve",
            new Reserve(
                claim(1),
                List.of(
                    new PurchaseRequest("a", "Tux", 60),
                    new PurchaseRequest("b", "Tux", 60),
                    new PurchaseRequest("c", "Nix", 1),
                    new PurchaseRequest("a", "Fox", 60),
                    new PurchaseRequest("a", "Tux", 60)),
                List.of(0L, 0L, 0L, 0L, 0L)),
            ReserveOutcomes.class)
        .outcomes();

    assertEquals(
        List.of(
            ReserveOutcome.HELD,
            ReserveOutcome.OUT_OF_STOCK,
            ReserveOutcome.TOY_NOT_FOUND,
            ReserveOutcome.KEY_REUSED,
            ReserveOutcome.HELD),
        outcomes);
  }

  @Test
  void aFencedEpochIsRefusedAndTheFenceAnswersTheHolds() {
    start();
    reserve(5, "a", "Tux", 2);

    Fenced holds = post("/fence", new Fence(7, 1), Fenced.class);

    assertEquals(List.of(new PurchaseRequest("a", "Tux", 2)), holds.holds());
    assertRefused(StoreError.FENCED, "/reserve", new Reserve(claim(6), List.of(), List.of()));
    assertRefused(StoreError.FENCED, "/holds", new FindHolds(claim(6), 0));
    assertEquals(
        1, post("/holds", new FindHolds(claim(7), 0), Holds.class).holds().size());
    assertEquals(
        0, post("/holds", new FindHolds(claim(7), 60_000), Holds.class).holds().size());
  }

  @Test
  void aPurchaseIsAnsweredWhenTheFrontEndHasDroppedItsCopy() {
    conf.put("leaseMs", 10_000).put("invalidateTimeoutMs", 10_000);
    start();
    List<Invalidate> news = new ArrayList<>();
    FrontEnd frontEnd = new FrontEnd(news);
    long session = hello(frontEnd.address());
    assertTrue(read(session, "Tux").cacheable());

    reserve(1, "a", "Tux", 1);

    assertEquals(List.of(new Invalidate(session, List.of(new ToyChange("Tux", 2)))), news);
    assertEquals(new ToyState("Tux", 1599, 99, 2, true), read(session, "Tux"));
  }

  @Test
  void aSilentFrontEndIsWaitedForUntilItsLeaseEnds() {
    conf.put("leaseMs", 700);
    start();
    long start = System.nanoTime();
    long session = hello("127.0.0.1:1");
    assertTrue(read(session, "Tux").cacheable());

    reserve(1, "a", "Tux", 1);

    assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(700));
    assertRefused(StoreError.SESSION_EXPIRED, "/renew", new Renew(session));
    assertFalse(read(session, "Tux").cacheable());
  }

  @Test
  void aRenewedSessionLives() {
    conf.put("leaseMs", 10_000);
    start();
    long session = hello("127.0.0.1:1");

    assertEquals(new Lease(session, 10_000), post("/renew", new Renew(session), Lease.class));
  }

  @Test
  void aSoldOutToyIsRestocked() {
    conf.put("restockPeriodMs", 20);
    start();
    reserve(1, "a", "Tux", 100);

    long limit = System.nanoTime() + LIMIT.toNanos();
    while (audit("Tux").restocked() == 0 && System.nanoTime() < limit) {
      assertEquals(0, audit("Fox").restocked());
    }

    assertEquals(new ToyBooks("Tux", 100, 100, 100, 100, 0), audit("Tux"));
  }

  @Test
  void aRestartKeepsStockAndDecisionsAndTakesNewToysAndPrices() throws IOException {
    start();
    reserve(3, "a", "Tux", 60);
    reserve(3, "b", "Tux", 60);
    post("/fence", new Fence(3, 1), Fenced.class);
    long session = hello("127.0.0.1:1");
    stop();
    Files.writeString(
        folder.resolve("toys.json"),
        "[{\"name\":\"Tux\",\"price\":9.5},{\"name\":\"Fox\",\"price\":1},"
            + "{\"name\":\"Whale\",\"price\":3}]");

    start();

    assertEquals(new ToyState("Tux", 950, 40, 3, false), read(0, "Tux"));
    assertEquals(100, read(0, "Whale").quantity());
    assertEquals(List.of(ReserveOutcome.HELD), reserve(3, "a", "Tux", 60));
    assertEquals(List.of(ReserveOutcome.OUT_OF_STOCK), reserve(3, "b", "Tux", 60));
    assertRefused(StoreError.FENCED, "/reserve", new Reserve(claim(2), List.of(), List.of()));
    assertTrue(hello("127.0.0.1:1") > session);
  }

  @Test
  void aRequestWithANullInItsListIsRefused() {
    start();

    JsonObject read = new JsonObject().put("session", 0).put("names", new JsonArray().addNull());

    assertEquals(StoreError.BAD_REQUEST, refusal("/read", read).error());
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    start();

    JsonObject hello = new JsonObject().put("frontEnd", 1).put("address", "nowhere");

    assertTrue(refusal("/hello", hello).getMessage().contains("address is not host:port"));
  }

  private StoreException refusal(String path, JsonObject body) {
    return assertThrows(
        StoreException.class,
        () -> get(catalog.exchange(HttpMethod.POST, path, body.toBuffer(), LIMIT)));
  }

  @Test
  void aCallWithoutTheTokenIsRefused() {
    start();
    ServiceClient stranger = new ServiceClient(
        vertx,
        new Address("127.0.0.1", verticle.port()),
        Token.of("fedcba9876543210"),
        Optional.empty(),
        1);

    assertThrows(
        StoreException.class,
        () -> get(stranger.post("/read-all", new ReadAll(), Toys.class, LIMIT)));
  }

  @Test
  void whatAPersonOrAProbeAsksIsAnswered() {
    start();
    reserve(1, "a", "Tux", 1);

    assertEquals("catalog", json("/health").getString("service"));
    assertTrue(json("/ready").getBoolean("ready"));
    assertEquals(1, json("/state").getInteger("holds"));
    String metrics =
        get(catalog.exchange(HttpMethod.GET, "/metrics", null, LIMIT)).toString();
    assertTrue(metrics.contains("toystore_catalog_reserved_total"), metrics);
    assertTrue(metrics.contains("toystore_catalog_commit_seconds"), metrics);
  }

  @Test
  void everyKeyOfTheConfigurationIsChecked() {
    for (String key : List.copyOf(conf.fieldNames())) {
      JsonObject without = conf.copy();
      without.remove(key);
      assertConfigurationRefused(key, without);
      assertConfigurationRefused(key, conf.copy().put(key, new JsonObject()));
    }
    for (String key : List.of(
        "leaseMarginMs", "invalidateTimeoutMs", "settleDelayMs", "maxWaiting", "maxSessions")) {
      assertConfigurationRefused(key, conf.copy().put(key, -1));
    }
    assertConfigurationRefused("tls", conf.copy().put("tls", 1));
    assertConfigurationRefused("stok", conf.copy().put("stok", 1));
  }

  @Test
  void aFaultyListOfToysIsRefused() throws IOException {
    for (String toys : List.of(
        "{}",
        "[]",
        "[{\"name\":\"Tux\"}]",
        "[{\"name\":\"Tux\",\"price\":-1}]",
        "[{\"name\":\"Tux\",\"price\":1,\"color\":\"red\"}]",
        "[{\"name\":\"Tux\",\"price\":1},{\"name\":\"Tux\",\"price\":2}]")) {
      Files.writeString(folder.resolve("toys.json"), toys);
      assertConfigurationRefused("toys", conf);
    }
  }

  @Test
  void aFolderInUseAndATakenPortAreRefused() {
    start();

    assertThrows(
        StartException.class,
        () -> get(
            vertx.deployVerticle(new CatalogVerticle(), new DeploymentOptions().setConfig(conf))));

    JsonObject other =
        conf.copy().put("data", folder.resolve("other").toString()).put("port", verticle.port());
    assertThrows(
        StartException.class,
        () -> get(
            vertx.deployVerticle(new CatalogVerticle(), new DeploymentOptions().setConfig(other))));
  }

  private void assertConfigurationRefused(String key, JsonObject json) {
    ConfigurationException refusal = assertThrows(
        ConfigurationException.class, () -> CatalogConfig.read(json), "nothing refused " + key);
    assertTrue(refusal.getMessage().startsWith(key), refusal.getMessage());
  }

  private void assertRefused(StoreError error, String path, Object body) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> post(path, body, JsonObject.class));
    assertEquals(error, refusal.error(), refusal.getMessage());
  }

  private void start() {
    verticle = new CatalogVerticle();
    deployment = get(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(conf)));
    catalog = new ServiceClient(
        vertx,
        new Address("127.0.0.1", verticle.port()),
        Token.of(CompleteConf.SECRET),
        Optional.empty(),
        4);
  }

  private void stop() {
    get(catalog.close());
    get(vertx.undeploy(deployment));
  }

  private long hello(String address) {
    return post("/hello", new Hello(1, address), Lease.class).session();
  }

  private ToyState read(long session, String name) {
    return post("/read", new Read(session, List.of(name)), Toys.class).toys().get(0);
  }

  private List<ReserveOutcome> reserve(long epoch, String key, String toy, int quantity) {
    PurchaseRequest request = new PurchaseRequest(key, toy, quantity);
    return post(
            "/reserve",
            new Reserve(claim(epoch), List.of(request), List.of(0L)),
            ReserveOutcomes.class)
        .outcomes();
  }

  /** Of a leader that has asked which run of the catalog this is. */
  private Claim claim(long epoch) {
    Fenced fenced = post("/fence", new Fence(1, 1), Fenced.class);
    return new Claim(epoch, fenced.incarnation(), Mark.NONE);
  }

  private ToyBooks audit(String toy) {
    Audit audit = get(catalog.get("/audit", Audit.class, LIMIT));
    return audit.toys().stream().filter(it -> it.name().equals(toy)).findFirst().orElseThrow();
  }

  private JsonObject json(String path) {
    return get(catalog.exchange(HttpMethod.GET, path, null, LIMIT)).toJsonObject();
  }

  private <T> T post(String path, Object body, Class<T> type) {
    return get(catalog.post(path, body, type, LIMIT));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  /** Takes invalidations, and says that it has dropped what they name. */
  private final class FrontEnd {
    private final int port;

    FrontEnd(List<Invalidate> news) {
      InternalServer server =
          new InternalServer(vertx, Token.of(CompleteConf.SECRET), Optional.empty());
      server.post("/invalidate", Invalidate.class, it -> {
        news.add(it);
        return Future.succeededFuture(new Done());
      });
      port = get(server.listen("127.0.0.1", 0));
    }

    String address() {
      return "127.0.0.1:" + port;
    }
  }
}
