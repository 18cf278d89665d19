package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.edge.Leg;
import toystore.edge.ServiceClient;
import toystore.edge.Token;
import toystore.model.Fenced;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.model.ToyBooks;
import toystore.stock.CatalogMessages.Audit;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
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
class CatalogVerticleTest extends CatalogVerticleCase {
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
    for (Leg leg : List.of(Leg.RESERVE, Leg.COMMIT_WAIT, Leg.COMMIT)) {
      String count = "toystore_leg_seconds_count{leg=\"" + leg.word() + "\",service=\"catalog\"} 1";
      assertTrue(metrics.contains(count), metrics);
    }
  }

  private ToyBooks audit(String toy) {
    Audit audit = get(catalog.get("/audit", Audit.class, LIMIT));
    return audit.toys().stream().filter(it -> it.name().equals(toy)).findFirst().orElseThrow();
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
