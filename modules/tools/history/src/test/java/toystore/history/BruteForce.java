package toystore.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import toystore.history.Operation.OperationOutcome;
import toystore.history.Operation.Type;

/** Tries every order of a small history, straight from the definition, with nothing left out. */
final class BruteForce {
  private BruteForce() {}

  static boolean stockIsLinearizable(ToyStart start, List<Operation> operations) {
    List<Operation> onStock = new ArrayList<>(operations);
    onStock.removeIf(operation -> operation.type() == Type.ORDER_QUERY);
    return anyOrder(onStock, new Stock(start.stock(), start.restockTo(), Map.of()));
  }

  static boolean ordersAreLinearizable(List<Operation> operations) {
    List<Operation> onOrders = new ArrayList<>(operations);
    onOrders.removeIf(operation -> operation.type() == Type.QUERY);
    return anyOrder(onOrders, new Log(List.of(), Map.of()));
  }

  private static boolean anyOrder(List<Operation> left, Spec spec) {
    if (left.stream().allMatch(operation -> operation.outcome() == OperationOutcome.UNKNOWN)) {
      return true;
    }
    long earliestReturn = left.stream().mapToLong(Operation::returnNs).min().orElseThrow();
    for (Operation operation : left) {
      if (operation.callNs() <= earliestReturn) {
        List<Operation> rest = new ArrayList<>(left);
        rest.remove(operation);
        for (Spec after : spec.after(operation)) {
          if (anyOrder(rest, after)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private interface Spec {
    /** All states in which the operation, with that answer, may leave this one. */
    List<Spec> after(Operation operation);
  }

  /** The decided keys are in the map: true is sold. */
  private record Stock(long units, long restockTo, Map<String, Boolean> decided) implements Spec {
    @Override
    public List<Spec> after(Operation operation) {
      List<Spec> all = new ArrayList<>();
      happen(operation, all);
      if (units == 0) {
        new Stock(restockTo, restockTo, decided).happen(operation, all);
      }
      return all;
    }

    private void happen(Operation operation, List<Spec> all) {
      if (operation.type() == Type.QUERY) {
        if (operation.outcome() == OperationOutcome.UNKNOWN || operation.quantity() == units) {
          all.add(this);
        }
        return;
      }
      boolean enough = operation.quantity() <= units;
      boolean sold = decided.getOrDefault(operation.key(), enough);
      boolean fits =
          switch (operation.outcome()) {
            case ORDERED -> sold;
            case OUT_OF_STOCK -> !sold;
            default -> true;
          };
      if (fits) {
        Map<String, Boolean> keys = new HashMap<>(decided);
        boolean isNew = keys.put(operation.key(), sold) == null;
        all.add(new Stock(isNew && sold ? units - operation.quantity() : units, restockTo, keys));
      }
    }
  }

  /** The orders, and the number of each decided key, -1 for a refused one. */
  private record Log(List<Operation> orders, Map<String, Long> decided) implements Spec {
    @Override
    public List<Spec> after(Operation operation) {
      if (operation.type() == Type.ORDER_QUERY) {
        return isShown(operation) ? List.of(this) : List.of();
      }
      Long number = decided.get(operation.key());
      List<Spec> all = new ArrayList<>();
      if (operation.outcome() != OperationOutcome.OUT_OF_STOCK) {
        long sold = number == null ? orders.size() : number;
        if (sold >= 0
            && (operation.number() == sold || operation.outcome() == OperationOutcome.UNKNOWN)) {
          all.add(number == null ? with(operation, sold) : this);
        }
      }
      if (operation.outcome() != OperationOutcome.ORDERED && (number == null || number < 0)) {
        all.add(number == null ? with(operation, -1) : this);
      }
      return all;
    }

    private boolean isShown(Operation query) {
      BiPredicate<Operation, Operation> same =
          (a, b) -> a.toy().equals(b.toy()) && a.quantity() == b.quantity();
      boolean exists = query.number() < orders.size();
      return switch (query.outcome()) {
        case FOUND -> exists && same.test(orders.get((int) query.number()), query);
        case NOT_FOUND -> !exists;
        default -> true;
      };
    }

    private Log with(Operation buy, long number) {
      Map<String, Long> keys = new HashMap<>(decided);
      keys.put(buy.key(), number);
      List<Operation> more = new ArrayList<>(orders);
      if (number >= 0) {
        more.add(buy);
      }
      return new Log(more, keys);
    }
  }
}
