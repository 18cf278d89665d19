package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import toystore.model.ToyBooks;
import toystore.operations.AuditSample.ReplicaBooks;

class AuditRulesTest {
  private static final ToyBooks TUX = new ToyBooks("Tux", 100, 50, 143, 0, 7);
  private static final ReplicaBooks GOOD = replica(3, "aa", 7);
  private static final OrderFile.Count WHOLE = new OrderFile.Count(3, 3, 0, 2);

  @Test
  void aStoreThatKeepsItsPromisesHasNoFindings() {
    assertEquals(List.of(), broken(TUX, GOOD));
  }

  @Test
  void aLeakIsFound() {
    assertEquals(
        List.of("Tux: initial 100 + restocked 50 is not in stock 142 + held 0 + sold 7"),
        broken(new ToyBooks("Tux", 100, 50, 142, 0, 7), GOOD));
  }

  @Test
  void oversellingIsFound() {
    assertEquals(
        List.of("Tux: oversold, -1 in stock"), broken(new ToyBooks("Tux", 6, 0, -1, 0, 7), GOOD));
  }

  @Test
  void aHoldThatBecameNoOrderIsFound() {
    assertEquals(
        List.of("Tux: 2 held at rest, so a hold became no order"),
        broken(new ToyBooks("Tux", 100, 50, 141, 2, 7), GOOD));
  }

  @Test
  void aSaleWithoutAnOrderIsFound() {
    assertEquals(
        List.of("Tux: the catalog sold 7, order-2 has orders for 6"),
        broken(TUX, replica(3, "aa", 6)));
  }

  @Test
  void ordersForAnUnknownToyAreFound() {
    ReplicaBooks replica = new ReplicaBooks(3, "aa", Map.of("Tux", 7L, "Yeti", 1L), 2);

    assertEquals(
        List.of("order-2: orders for Yeti, which the catalog has not"), broken(TUX, replica));
  }

  @Test
  void replicasThatDifferAreFound() {
    assertEquals(
        List.of("the replicas differ: order-1: 3 orders, digest aa, order-2: 3 orders, digest bb,"
            + " order-3: 3 orders, digest aa"),
        broken(TUX, replica(3, "bb", 7)));
  }

  @Test
  void aGapInTheFileIsFound() {
    assertEquals(
        List.of("order-2: 3 orders numbered 0 to 3: there are gaps"),
        broken(TUX, GOOD, new OrderFile.Count(3, 3, 0, 3)));
  }

  @Test
  void aPurchaseThatBecameTwoOrdersIsFound() {
    assertEquals(
        List.of("order-2: 3 orders for 2 purchases, so one became two"),
        broken(TUX, GOOD, new OrderFile.Count(3, 2, 0, 2)));
  }

  @Test
  void aReplicaWhoseFileLacksOrdersIsFound() {
    assertEquals(
        List.of("order-2: knows 3 orders, and its file has 2"),
        broken(TUX, GOOD, new OrderFile.Count(2, 2, 0, 1)));
  }

  private static List<String> broken(ToyBooks toy, ReplicaBooks second) {
    return broken(toy, second, WHOLE);
  }

  private static List<String> broken(
      ToyBooks toy, ReplicaBooks second, OrderFile.Count fileOfSecond) {
    return AuditRules.broken(
        new AuditSample(List.of(toy), Map.of("order-1", GOOD, "order-2", second, "order-3", GOOD)),
        Map.of("order-1", WHOLE, "order-2", fileOfSecond, "order-3", WHOLE));
  }

  private static ReplicaBooks replica(long orders, String digest, long tux) {
    return new ReplicaBooks(orders, digest, Map.of("Tux", tux), orders - 1);
  }
}
