package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.history.HistoryViolation.Placement;
import toystore.history.StockOperation.StockEffect;

/** Goes through an order that the search found, step by step. */
final class WitnessReplay {
  private WitnessReplay() {}

  static void check(ToyStart start, List<StockOperation> operations, List<Placement> order) {
    Map<Operation, StockOperation> left = new HashMap<>();
    operations.forEach(
        operation -> assertNull(left.put(operation.shown(), operation), "equal operations"));
    long stock = start.stock();
    long latestCall = Long.MIN_VALUE;
    for (Placement placement : order) {
      if (placement.operation() == null) {
        assertEquals(0, stock, "restocked");
        stock = start.restockTo();
        continue;
      }
      StockOperation operation = left.remove(placement.operation());
      latestCall = Math.max(latestCall, operation.callNs());
      assertTrue(operation.returnNs() >= latestCall, () -> "too late: " + operation);
      if (operation.kind() == StockEffect.SALE || operation.kind() == StockEffect.POSSIBLE_SALE) {
        stock -= operation.amount();
        assertTrue(stock >= 0, () -> "oversold: " + operation);
      } else {
        assertTrue(operation.isFreeAt(stock), "wrong at " + stock + ": " + operation);
      }
    }
    assertTrue(left.values().stream().allMatch(each -> each.kind() == StockEffect.POSSIBLE_SALE));
  }
}
