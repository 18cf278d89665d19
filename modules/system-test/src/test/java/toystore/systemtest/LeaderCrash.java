package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import toystore.operations.AuditReport;
import toystore.operations.UpOptions;

/**
 * What customers notice when the leader is killed, and returns: nothing, whatever engine it runs.
 */
abstract class LeaderCrash {
  static final int CLIENTS = 5;
  static final int SOME = 500;

  final RunningStore store;
  final Shop shop;

  /** @param store that of the class, which is up by now */
  LeaderCrash(RunningStore store) {
    this.store = store;
    shop = store.shop();
  }

  static UpOptions options() {
    return UpOptions.defaults().withStock(1_000_000);
  }

  @AfterEach
  void heal() {
    store.heal();
  }

  @Test
  void theLeaderIsKilledAndReturns() throws Exception {
    Buyers buyers = Buyers.start(address(), CLIENTS);
    String leader = store.leader();

    store.store().kill(leader);
    buyers.awaitMore(SOME);
    store.store().start(leader);
    buyers.awaitMore(SOME);

    assertNobodyNoticed(buyers.stop());
  }

  final void assertNobodyNoticed(Buyers.Receipts receipts) {
    assertEquals(List.of(), receipts.failures());
    AuditReport report = store.audit();
    assertEquals(List.of(), report.findings());
    assertEquals(AuditReport.Verdict.HOLDS, report.verdict());
    Set<Long> numbers = new HashSet<>(receipts.toyByOrder().keySet());
    assertEquals(receipts.toyByOrder().size(), numbers.size());
    // A store that was down altogether comes back on other free ports.
    receipts.assertAllKept(store.shop());
  }

  final URI address() {
    return store.store().addresses().get(0);
  }
}
