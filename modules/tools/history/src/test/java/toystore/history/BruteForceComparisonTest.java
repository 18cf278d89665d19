package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the checker leaves out changes no verdict. */
class BruteForceComparisonTest {
  private static final int HISTORIES = 30_000;

  @Test
  void stockVerdictIsThatOfTryingEveryOrder() {
    int legal = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      SmallHistory small = SmallHistory.of(seed);
      boolean expected = BruteForce.stockIsLinearizable(small.start(), small.operations());

      boolean actual = stockVerdict(small, Limits.DEFAULT) == HistoryVerdict.LINEARIZABLE;

      assertEquals(expected, actual, "seed " + seed + " " + small);
      legal += expected ? 1 : 0;
    }
    assertBalanced(legal);
  }

  @Test
  void narrowSearchIsUndecidedRatherThanWrong() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      SmallHistory small = SmallHistory.of(seed);
      boolean expected = BruteForce.stockIsLinearizable(small.start(), small.operations());

      HistoryVerdict narrow = stockVerdict(small, new Limits(20_000_000, 1));
      HistoryVerdict shortOfSteps = stockVerdict(small, new Limits(3, 100));

      HistoryVerdict wrong = expected ? HistoryVerdict.VIOLATION : HistoryVerdict.LINEARIZABLE;
      assertNotEquals(wrong, narrow, "seed " + seed + " " + small);
      assertNotEquals(wrong, shortOfSteps, "seed " + seed + " " + small);
    }
  }

  @Test
  void ordersVerdictIsThatOfTryingEveryOrder() {
    int legal = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      SmallHistory small = SmallHistory.ofOrders(seed);
      boolean expected = BruteForce.ordersAreLinearizable(small.operations());

      List<HistoryViolation> violations = new ArrayList<>();
      List<PurchaseAttempts> purchases = PurchaseAttempts.of(small.operations(), violations);
      violations.addAll(OrderNumbers.check(small.history(), purchases));

      assertEquals(expected, violations.isEmpty(), "seed " + seed + " " + small + violations);
      legal += expected ? 1 : 0;
    }
    assertBalanced(legal);
  }

  private static void assertBalanced(int legal) {
    assertTrue(legal > HISTORIES / 5 && legal < HISTORIES * 4 / 5, legal + " are legal");
  }

  private static HistoryVerdict stockVerdict(SmallHistory small, Limits limits) {
    List<HistoryViolation> violations = new ArrayList<>();
    List<PurchaseAttempts> purchases = PurchaseAttempts.of(small.operations(), violations);
    List<StockOperation> onToy = StockOperation.byToy(small.operations(), purchases)
        .getOrDefault(small.start().name(), List.of());
    // Which number a purchase has is no matter of the stock.
    if (violations.stream().anyMatch(each -> each.rule() == Rule.REFUSED_BUT_SOLD)) {
      return HistoryVerdict.VIOLATION;
    }
    return StockCheck.check(small.start(), onToy, limits).verdict();
  }

  /** A few operations of one toy, made by a correct store and then, mostly, spoilt. */
  private record SmallHistory(ToyStart start, List<Operation> operations) {
    static SmallHistory of(int seed) {
      return new SmallHistoryMaker(new Random(seed), false).make();
    }

    static SmallHistory ofOrders(int seed) {
      return new SmallHistoryMaker(new Random(seed), true).make();
    }

    History history() {
      return new History(0, Map.of(start.name(), start), operations, true);
    }
  }

  private static final class SmallHistoryMaker {
    private final Random random;
    private final boolean orderQueries;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation> purchases = new ArrayList<>();

    private SmallHistoryMaker(Random random, boolean orderQueries) {
      this.random = random;
      this.orderQueries = orderQueries;
    }

    private SmallHistory make() {
      ToyStart start = new ToyStart("Tux", random.nextInt(5), random.nextInt(4));
      long stock = start.stock();
      List<Operation> orders = new ArrayList<>();
      int count = 2 + random.nextInt(6);
      int spread = 1 + random.nextInt(40);
      for (int i = 0; i < count; i++) {
        stock = stock == 0 && random.nextBoolean() ? start.restockTo() : stock;
        long call = 10L * i - random.nextInt(spread);
        long end = 10L * i + random.nextInt(spread);
        if (random.nextInt(100) < 45) {
          stock = query(stock, orders, call, end);
        } else if (!purchases.isEmpty() && random.nextInt(5) == 0) {
          again(purchases.get(random.nextInt(purchases.size())), call, end);
        } else {
          stock = buy(i, stock, orders, call, end);
        }
      }
      for (int spoils = random.nextInt(3); spoils > 0; spoils--) {
        spoil(random.nextInt(operations.size()));
      }
      return new SmallHistory(start, List.copyOf(operations));
    }

    private long query(long stock, List<Operation> orders, long call, long end) {
      if (!orderQueries) {
        operations.add(Operations.query(1, "Tux", stock, call, end));
      } else {
        int number = random.nextInt(orders.size() + 1);
        operations.add(
            number == orders.size()
                ? Operations.notFound(1, number, call, end)
                : found(number, orders.get(number).quantity(), call, end));
      }
      return stock;
    }

    private static Operation found(long number, long quantity, long call, long end) {
      return new Operation(
          1,
          Operation.Type.ORDER_QUERY,
          "Tux",
          null,
          quantity,
          number,
          Operation.OperationOutcome.FOUND,
          call,
          end);
    }

    private long buy(int i, long stock, List<Operation> orders, long call, long end) {
      long quantity = 1 + random.nextInt(3);
      boolean enough = quantity <= stock && random.nextInt(8) > 0;
      boolean unknown = random.nextInt(3) == 0;
      Operation.OperationOutcome outcome = quantity <= stock
          ? Operation.OperationOutcome.ORDERED
          : Operation.OperationOutcome.OUT_OF_STOCK;
      long number = quantity <= stock ? orders.size() : -1;
      Operation known = buy("k" + i, quantity, number, outcome, call, end);
      purchases.add(known);
      operations.add(
          unknown
              ? buy(
                  "k" + i, quantity, -1, Operation.OperationOutcome.UNKNOWN, call, Operation.NEVER)
              : known);
      if (quantity <= stock && (enough || !unknown)) {
        orders.add(known);
        return stock - quantity;
      }
      return stock;
    }

    private void again(Operation purchase, long call, long end) {
      operations.add(
          random.nextInt(4) == 0
              ? buy(
                  purchase.key(),
                  purchase.quantity(),
                  -1,
                  Operation.OperationOutcome.UNKNOWN,
                  call,
                  Operation.NEVER)
              : buy(
                  purchase.key(),
                  purchase.quantity(),
                  purchase.number(),
                  purchase.outcome(),
                  call,
                  end));
    }

    private static Operation buy(
        String key,
        long quantity,
        long number,
        Operation.OperationOutcome outcome,
        long call,
        long end) {
      return new Operation(1, Operation.Type.BUY, "Tux", key, quantity, number, outcome, call, end);
    }

    private void spoil(int index) {
      Operation old = operations.get(index);
      long other = random.nextInt(4);
      long quantity = old.quantity();
      long number = old.number();
      if (old.outcome() == Operation.OperationOutcome.QUANTITY) {
        quantity = other;
      } else if (old.outcome() == Operation.OperationOutcome.FOUND && random.nextBoolean()) {
        quantity = 1 + random.nextInt(3);
      } else if (number >= 0) {
        number = other;
      } else if (old.outcome() == Operation.OperationOutcome.OUT_OF_STOCK) {
        operations.set(
            index,
            buy(
                old.key(),
                quantity,
                other,
                Operation.OperationOutcome.ORDERED,
                old.callNs(),
                old.returnNs()));
        return;
      }
      operations.set(
          index,
          new Operation(
              old.client(),
              old.type(),
              old.toy(),
              old.key(),
              quantity,
              number,
              old.outcome(),
              old.callNs(),
              old.returnNs()));
    }
  }
}
