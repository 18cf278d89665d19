package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import toystore.history.HistoryChecker.HistoryReport;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

class HistoryCheckerTest {
  private static final PurchaseRequest TWO = new PurchaseRequest("a", "Tux", 2);
  private static final PurchaseRequest OTHER_TWO = new PurchaseRequest("b", "Tux", 2);
  private static final PurchaseRequest SEVEN = new PurchaseRequest("c", "Tux", 7);

  @Test
  void overlappingOperationsMayHappenInAnyOrder() {
    holds(
        Operations.ordered(1, TWO, 0, 0, 100),
        Operations.query(2, "Tux", 8, 10, 20),
        Operations.query(3, "Tux", 10, 15, 30));
  }

  @Test
  void staleReadIsFound() {
    breaks(
        Rule.STOCK, Operations.ordered(1, TWO, 0, 0, 10), Operations.query(2, "Tux", 10, 20, 30));
  }

  @Test
  void readsThatGoBackInTimeAreFound() {
    breaks(
        Rule.STOCK,
        Operations.ordered(1, TWO, 0, 0, 100),
        Operations.query(2, "Tux", 8, 10, 20),
        Operations.query(3, "Tux", 10, 30, 40));
  }

  @Test
  void lostDecrementIsFound() {
    breaks(
        Rule.STOCK,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.ordered(2, OTHER_TWO, 1, 0, 10),
        Operations.query(3, "Tux", 8, 20, 30));
  }

  @Test
  void oversellingIsFound() {
    breaks(
        Rule.STOCK,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.ordered(2, OTHER_TWO, 1, 20, 30),
        Operations.ordered(3, SEVEN, 2, 40, 50));
  }

  @Test
  void refusalThoughStockSufficedIsFound() {
    breaks(Rule.STOCK, Operations.outOfStock(1, TWO, 0, 10));
  }

  @Test
  void refusalForLackOfStockIsLegal() {
    holds(
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.ordered(1, OTHER_TWO, 1, 20, 30),
        Operations.outOfStock(1, SEVEN, 40, 50),
        Operations.outOfStock(1, SEVEN, 60, 70));
  }

  @Test
  void restockHappensOnlyAtZero() {
    PurchaseRequest ten = new PurchaseRequest("ten", "Tux", 10);

    holds(Operations.ordered(1, ten, 0, 0, 10), Operations.query(1, "Tux", 10, 20, 30));
    breaks(
        Rule.STOCK, Operations.ordered(1, SEVEN, 0, 0, 10), Operations.query(1, "Tux", 10, 20, 30));
  }

  @Test
  void unknownPurchaseMayHappenLateOrNever() {
    holds(
        Operations.unknown(1, TWO, 0),
        Operations.query(1, "Tux", 10, 10, 20),
        Operations.query(1, "Tux", 8, 1_000, 1_010));
    holds(Operations.unknown(1, TWO, 0), Operations.query(1, "Tux", 10, 1_000, 1_010));
    breaks(Rule.STOCK, Operations.query(1, "Tux", 8, 10, 20), Operations.unknown(1, TWO, 30));
  }

  @Test
  void retriedPurchaseHappensOnce() {
    holds(
        Operations.unknown(1, TWO, 0),
        Operations.ordered(1, TWO, 0, 10, 20),
        Operations.ordered(1, TWO, 0, 30, 40),
        Operations.query(1, "Tux", 8, 50, 60));
  }

  @Test
  void purchaseRefusedAndSoldIsFound() {
    breaks(
        Rule.REFUSED_BUT_SOLD,
        Operations.ordered(1, SEVEN, 0, 0, 10),
        Operations.outOfStock(1, SEVEN, 20, 30));
  }

  @Test
  void changedNumberIsFound() {
    breaks(
        Rule.NUMBER_CHANGED,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.ordered(1, TWO, 1, 20, 30));
  }

  @Test
  void numberGivenTwiceIsFound() {
    breaks(
        Rule.NUMBER_GIVEN_TWICE,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.ordered(1, OTHER_TWO, 0, 20, 30));
  }

  @Test
  void notFoundAfterSuccessIsFound() {
    breaks(
        Rule.NOT_FOUND_AFTER_ORDER,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.notFound(2, 0, 20, 30));
  }

  @Test
  void notFoundWhileThePurchaseIsUnderWayIsLegal() {
    holds(Operations.ordered(1, TWO, 0, 0, 10), Operations.notFound(2, 0, 10, 30));
  }

  @Test
  void notFoundBelowANumberThatWasSeenIsFound() {
    breaks(
        Rule.NOT_FOUND_AFTER_ORDER,
        Operations.unknown(1, TWO, 0),
        Operations.ordered(2, OTHER_TWO, 1, 0, 10),
        Operations.notFound(3, 0, 20, 30));
  }

  @Test
  void numbersThatContradictTimeAreFound() {
    breaks(
        Rule.NUMBERS_OUT_OF_ORDER,
        Operations.ordered(1, TWO, 1, 0, 10),
        Operations.ordered(1, OTHER_TWO, 0, 20, 30));
  }

  @Test
  void changedOrderIsFound() {
    breaks(
        Rule.ORDER_CHANGED,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.found(1, new Order(0, "Tux", 3), 20, 30));
  }

  @Test
  void doubledOrderIsFound() {
    breaks(
        Rule.ORDER_WITHOUT_PURCHASE,
        Operations.ordered(1, TWO, 0, 0, 10),
        Operations.found(1, new Order(1, "Tux", 2), 20, 30));
  }

  @Test
  void doubledOrderThatNobodySawIsFoundByTheGap() {
    breaks(Rule.ORDER_WITHOUT_PURCHASE, Operations.ordered(1, TWO, 1, 0, 10));
  }

  @Test
  void orderOfAnUnknownPurchaseIsLegal() {
    holds(Operations.unknown(1, TWO, 0), Operations.found(2, new Order(0, "Tux", 2), 20, 30));
    breaks(
        Rule.ORDER_WITHOUT_PURCHASE,
        Operations.unknown(1, TWO, 40),
        Operations.found(2, new Order(0, "Tux", 2), 20, 30));
  }

  @Test
  void absurdNumberIsFoundWithoutCountingUpToIt() {
    breaks(Rule.ORDER_WITHOUT_PURCHASE, Operations.ordered(1, TWO, Long.MAX_VALUE, 0, 10));
  }

  @Test
  void ordersFromBeforeTheHistoryNeedNoPurchase() {
    Map<String, ToyStart> toys = Map.of("Tux", new ToyStart("Tux", 10, 10));
    List<Operation> found = List.of(Operations.found(1, new Order(4, "Elephant", 2), 0, 10));
    List<Operation> lost = List.of(Operations.notFound(1, 4, 0, 10));
    List<Operation> again = List.of(Operations.ordered(1, TWO, 4, 0, 10));

    assertEquals(
        HistoryVerdict.LINEARIZABLE, check(new History(5, toys, found, true)).verdict());
    assertEquals(
        Rule.NOT_FOUND_AFTER_ORDER,
        check(new History(5, toys, lost, true)).violations().get(0).rule());
    assertEquals(
        Rule.NUMBER_GIVEN_TWICE,
        check(new History(5, toys, again, true)).violations().get(0).rule());
  }

  @Test
  void nothingIsProvedByAHistoryThatBrokeOff() {
    Map<String, ToyStart> toys = Map.of("Tux", new ToyStart("Tux", 10, 10));
    List<Operation> suspicious = List.of(Operations.query(1, "Tux", 8, 0, 10));

    HistoryReport report = check(new History(0, toys, suspicious, false));

    assertEquals(HistoryVerdict.UNDECIDED, report.verdict());
    assertEquals(1, report.violations().size());
  }

  @Test
  void moreClientsThanBitsOfALongAreDecided() {
    List<Operation> buys = Stream.iterate(0, i -> i < 200, i -> i + 1)
        .map(i -> Operations.ordered(i, new PurchaseRequest("k" + i, "Tux", 1), i, 0, 1_000))
        .collect(Collectors.toList());
    Map<String, ToyStart> toys = Map.of("Tux", new ToyStart("Tux", 250, 250));
    buys.add(Operations.query(1, "Tux", 50, 2_000, 3_000));

    assertEquals(
        HistoryVerdict.LINEARIZABLE, check(new History(0, toys, buys, true)).verdict());

    buys.add(Operations.query(1, "Tux", 51, 4_000, 5_000));
    assertEquals(
        HistoryVerdict.VIOLATION, check(new History(0, toys, buys, true)).verdict());
  }

  @Test
  void violationIsShownWithWhatFitsBeforeIt() {
    HistoryViolation violation = violations(
            Operations.ordered(1, TWO, 0, 0, 10), Operations.query(2, "Tux", 10, 20, 30))
        .get(0);

    String text = Excerpt.of(violation);
    String svg = Picture.of(List.of(violation));

    assertTrue(text.contains("toy Tux: query Tux -> 10, but the stock could only be 8"), text);
    assertTrue(text.contains("buy 2 Tux (key a) -> order 0"), text);
    assertTrue(text.contains("  > client 2"), text);
    assertTrue(text.contains("[-"), text);
    assertTrue(svg.startsWith("<svg") && svg.contains("-&gt; 10"), svg);
  }

  @Test
  void operationOpenForLongDoesNotDwarfTheOthers() {
    HistoryViolation violation = violations(
            Operations.unknown(3, SEVEN, -1_000_000),
            Operations.ordered(1, TWO, 0, 0, 10),
            Operations.query(2, "Tux", 10, 20, 30))
        .get(0);

    String text = Excerpt.of(violation);

    assertTrue(text.contains("  > <-"), text);
    assertTrue(text.contains("[-----"), text);
  }

  private static void holds(Operation... operations) {
    assertEquals(List.of(), violations(operations));
  }

  private static void breaks(Rule rule, Operation... operations) {
    List<HistoryViolation> violations = violations(operations);
    assertTrue(
        violations.stream().anyMatch(violation -> violation.rule() == rule), violations::toString);
  }

  private static List<HistoryViolation> violations(Operation... operations) {
    Map<String, ToyStart> toys = Map.of("Tux", new ToyStart("Tux", 10, 10));
    return check(new History(0, toys, List.of(operations), true)).violations();
  }

  private static HistoryReport check(History history) {
    return HistoryChecker.check(history, Limits.DEFAULT);
  }
}
