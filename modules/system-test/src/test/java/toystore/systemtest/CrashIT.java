package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.AuditReport;
import toystore.operations.UpOptions;

/** What customers notice of crashes: nothing, as long as two of three replicas are up. */
class CrashIT {
  private static final int CLIENTS = 5;
  private static final int SOME = 500;

  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults().withStock(1_000_000));

  private final Shop shop = STORE.shop();

  @AfterEach
  void heal() {
    STORE.heal();
  }

  @Test
  void theLeaderIsKilledAndReturns() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    String leader = STORE.leader();

    STORE.store().kill(leader);
    buyers.awaitMore(SOME);
    STORE.store().start(leader);
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void theLeaderHangsAndWakes() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    String leader = STORE.leader();

    STORE.store().pause(leader);
    buyers.awaitMore(SOME);
    STORE.store().resume(leader);
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void aFollowerIsKilledAndCatchesUp() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    String follower = STORE.follower();

    STORE.store().kill(follower);
    buyers.awaitMore(SOME);
    STORE.store().start(follower);
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void aReplicaThatLostItsFileIsRebuilt() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);

    STORE.store().rebuild(STORE.follower());
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  @Test
  void allFiveAreKilledAtOnceAndNothingIsLost() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    buyers.awaitMore(SOME);
    Buyers.Receipts receipts = buyers.stop();

    RunningStore.SERVICES.parallelStream().forEach(STORE.store()::kill);
    STORE.heal();

    assertNobodyNoticed(receipts);
  }

  @Test
  void theCatalogIsKilledUnderLoadAndTheBooksBalance() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);

    STORE.store().kill("catalog");
    STORE.store().start("catalog");
    RunningStore.until("purchases work again", () -> shop.buy("Tux", 1).status() == 200);

    Buyers.Receipts receipts = buyers.stop();
    for (String failure : receipts.failures()) {
      assertTrue(failure.startsWith("503"), failure);
    }
    receipts.assertAllKept(shop);
  }

  @Test
  void withTwoReplicasDownPurchasesAreRefusedAtOnceAndKnownOrdersFound() {
    String leader = STORE.leader();
    String first = STORE.follower();
    long number = shop.buy("Tux", 1).orderNumber();
    RunningStore.until("all replicas know the order", () -> allHave(number));

    STORE.store().kill(leader);
    STORE.store().kill(first);

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

    STORE.store().start(first);
    RunningStore.until("a majority is back", () -> shop.buy("Tux", 1).status() == 200);
  }

  private static boolean allHave(long number) {
    return STORE.store().status().services().stream()
        .filter(status -> status.service().name().startsWith("order-"))
        .allMatch(status -> status.number("lastOrder").orElse(-1) >= number);
  }

  private void assertNobodyNoticed(Buyers.Receipts receipts) {
    assertEquals(List.of(), receipts.failures());
    AuditReport report = STORE.audit();
    assertEquals(List.of(), report.findings());
    assertEquals(AuditReport.Verdict.HOLDS, report.verdict());
    Set<Long> numbers = new HashSet<>(receipts.toyByOrder().keySet());
    assertEquals(receipts.toyByOrder().size(), numbers.size());
    // A store that was down altogether comes back on other free ports.
    receipts.assertAllKept(STORE.shop());
  }

  private static URI address() {
    return STORE.store().addresses().get(0);
  }
}
