package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseTreeTest {
  private static final double NEARLY = 0.01;

  private final List<PlacedLeg> legs = PlacedLeg.of(LegSamples.purchase());

  @Test
  void whatNoLegExplainsLiesHalfBeforeThem() {
    assertEquals(0, find("purchase, as a client sees it").startUs());
    assertEquals(50, find("at the front-end").startUs(), NEARLY);
    assertEquals(100, find("waits for a call to the leader").startUs(), NEARLY);
    assertEquals(200, find("call to the leader").startUs(), NEARLY);
    assertEquals(250, find("at the leader").startUs(), NEARLY);
  }

  @Test
  void legsInTurnFollowEachOther() {
    assertEquals(250, find("waits for a call to the catalog").startUs(), NEARLY);
    assertEquals(310, find("call to the catalog: reserve").startUs(), NEARLY);
    assertEquals(610, find("goes to the log").startUs(), NEARLY);
    assertEquals(620, find("replicate, until a majority has it").startUs(), NEARLY);
    assertEquals(820, find("answers").startUs(), NEARLY);
    assertEquals(850, find("answers").endUs(), NEARLY);
  }

  @Test
  void theSecondOfThreeDisksEndsReplication() {
    LegNode replicate = find("replicate, until a majority has it").leg();

    assertEquals(50, replicate.restUs(), NEARLY);
    assertEquals(645, find("the leader's log: write and fsync").startUs(), NEARLY);
    assertEquals(645, find("call to order-1: append").startUs(), NEARLY);
    assertTrue(find("call to order-2: append").beside());
  }

  @Test
  void theLongerOfTwoLegsThatRunTogetherCounts() {
    // Durable after 200; half of the purchases wait 220 for a cache.
    assertEquals(40, find("at the catalog").leg().restUs(), NEARLY);
    assertEquals(0.5, find("invalidate: caches drop the toy").leg().often(), NEARLY);
    assertEquals(200, find("durable").leg().times().meanUs(), NEARLY);
  }

  @Test
  void whatNobodyWaitsForTakesNoTime() {
    PlacedLeg settle = find("settle: the catalog notes the sale");

    assertEquals(820, settle.startUs(), NEARLY);
    assertEquals(0, find("at the leader").leg().restUs(), NEARLY);
  }

  private PlacedLeg find(String label) {
    return legs.stream()
        .filter(placed -> placed.leg().label().equals(label))
        .findFirst()
        .orElseThrow();
  }
}
