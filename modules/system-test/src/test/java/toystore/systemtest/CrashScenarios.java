package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What customers notice of crashes: nothing, as long as two of three replicas are up. */
abstract class CrashScenarios extends LeaderCrash {
  CrashScenarios(RunningStore store) {
    super(store);
  }

  @Test
  void theLeaderHangsAndWakes() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    String leader = store.leader();

    store.store().pause(leader);
    buyers.awaitMore(SOME);
    store.store().resume(leader);
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void aFollowerIsKilledAndCatchesUp() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    String follower = store.follower();

    store.store().kill(follower);
    buyers.awaitMore(SOME);
    store.store().start(follower);
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void aReplicaThatLostItsFileIsRebuilt() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);

    store.store().rebuild(store.follower());
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void allFiveAreKilledAtOnceAndNothingIsLost() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    buyers.awaitMore(SOME);
    Buyers.Receipts receipts = buyers.stop();

    RunningStore.SERVICES.parallelStream().forEach(store.store()::kill);
    store.heal();

    assertNobodyNoticed(receipts);
  }

  @Test
  void theCatalogIsKilledUnderLoadAndTheBooksBalance() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);

    store.store().kill("catalog");
    store.store().start("catalog");
    RunningStore.until("purchases work again", () -> shop.buy("Tux", 1).status() == 200);

    Buyers.Receipts receipts = buyers.stop();
    for (String failure : receipts.failures()) {
      assertTrue(failure.startsWith("503"), failure);
    }
    receipts.assertAllKept(shop);
  }

  @Test
  void withTwoReplicasDownPurchasesAreRefusedAtOnceAndKnownOrdersFound() {
    String leader = store.leader();
    String first = store.follower();
    long number = shop.buy("Tux", 1).orderNumber();
    RunningStore.until("all replicas know the order", () -> allHave(number));

    store.store().kill(leader);
    store.store().kill(first);

    RunningStore.until("the loss is noticed", () -> shop.buy("Tux", 1).status() == 503);
    long before = System.nanoTime();
    Shop.Answer refusal = shop.buy("Tux", 1);
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertEquals(503, refusal.status());
    assertTrue(refusal.header("Retry-After").isPresent());
    // Not a speed test: a purchase that waits for its deadline would take ten times as long.
    assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, took.toString());
    assertEquals(number, shop.order(number).data().get("number").asLong());
    assertEquals(503, shop.order(1_000_000_000).status());

    store.store().start(first);
    RunningStore.until("a majority is back", () -> shop.buy("Tux", 1).status() == 200);
  }

  private boolean allHave(long number) {
    return store.store().status().services().stream()
        .filter(status -> status.service().name().startsWith("order-"))
        .allMatch(status -> status.number("lastOrder").orElse(-1) >= number);
  }
}
