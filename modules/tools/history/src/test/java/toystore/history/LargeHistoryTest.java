package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import toystore.history.StoreSimulation.Fault;
import toystore.history.StoreSimulation.Setting;

/** Histories as long and as busy as those of a drill. */
class LargeHistoryTest {
  private static final Setting ONE_TOY = new Setting(16, 20_000, 1, 100, 5, 0);
  private static final Setting ONE_TOY_WITH_UNKNOWN = new Setting(16, 20_000, 1, 100, 3, 0.01);
  private static final Setting SMALL = new Setting(8, 1_000, 1, 100, 3, 0.02);
  private static final Setting SIXTEEN_TOYS = new Setting(96, 120_000, 16, 100, 3, 0.01);

  @ParameterizedTest
  @EnumSource(Fault.class)
  void oneFaultAmongTwentyThousandOperationsIsFound(Fault fault) {
    History history = StoreSimulation.run(4711, ONE_TOY, fault);

    HistoryChecker.HistoryReport report = check(history);

    HistoryVerdict expected =
        fault == Fault.NONE ? HistoryVerdict.LINEARIZABLE : HistoryVerdict.VIOLATION;
    assertEquals(expected, report.verdict(), () -> "violations " + report.violations());
    if (fault != Fault.NONE) {
      Rule rule = ruleOf(fault);
      assertTrue(
          report.violations().stream().anyMatch(violation -> violation.rule() == rule),
          () -> "violations " + report.violations());
    }
  }

  private static Rule ruleOf(Fault fault) {
    return switch (fault) {
      case NONE -> throw new IllegalArgumentException("no fault, no rule");
      case STALE_READ, LOST_DECREMENT, DOUBLED_DECREMENT, REFUSED_THOUGH_ENOUGH -> Rule.STOCK;
      case DOUBLED_ORDER -> Rule.ORDER_WITHOUT_PURCHASE;
      case REFUSED_BUT_SOLD -> Rule.REFUSED_BUT_SOLD;
      case NOT_FOUND_AFTER_SUCCESS -> Rule.NOT_FOUND_AFTER_ORDER;
      case NUMBER_CHANGED -> Rule.NUMBER_CHANGED;
      case NUMBER_GIVEN_TWICE -> Rule.NUMBER_GIVEN_TWICE;
      case ORDER_CHANGED -> Rule.ORDER_CHANGED;
    };
  }

  @Test
  void unknownOutcomesAreDecidedToo() {
    assertEquals(
        HistoryVerdict.LINEARIZABLE,
        check(StoreSimulation.run(1, ONE_TOY_WITH_UNKNOWN, Fault.NONE)).verdict());
  }

  @Test
  void sixteenToysAreDecided() {
    assertEquals(
        HistoryVerdict.LINEARIZABLE,
        check(StoreSimulation.run(1, SIXTEEN_TOYS, Fault.NONE)).verdict());
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void orderThatIsFoundObeysTimeAndStock(Fault fault) {
    // After a fault, too: where the search finds an order, there is one.
    for (int seed = 0; seed < 20; seed++) {
      History history = StoreSimulation.run(seed, SMALL, fault);
      List<PurchaseAttempts> purchases =
          PurchaseAttempts.of(history.operations(), new ArrayList<>());
      List<StockOperation> operations =
          StockOperation.byToy(history.operations(), purchases).get("toy0");
      ToyStart start = history.toys().get("toy0");

      StockCheck.Decision decision = StockCheck.check(start, operations, Limits.DEFAULT);

      if (decision.verdict() == HistoryVerdict.LINEARIZABLE) {
        WitnessReplay.check(start, operations, decision.order());
      } else {
        assertNotEquals(Fault.NONE, fault, () -> "undecided or violated " + decision.violation());
      }
    }
  }

  private static HistoryChecker.HistoryReport check(History history) {
    return HistoryChecker.check(history, Limits.DEFAULT);
  }
}
