package toystore.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that all clients of a store did in a time, and saw.
 *
 * @param ordersBefore how many orders the store held at the beginning: numbers below it are theirs
 * @param toys the toys at the beginning, by name
 * @param operations the requests, in any order
 * @param complete false when the recording broke off: purchases may be missing, so nothing that
 *     looks wrong is proved to be
 */
public record History(
    long ordersBefore, Map<String, ToyStart> toys, List<Operation> operations, boolean complete) {
  public History {
    if (ordersBefore < 0) {
      throw new IllegalArgumentException("ordersBefore=" + ordersBefore);
    }
    toys = Map.copyOf(new TreeMap<>(toys));
    operations = List.copyOf(operations);
    Map<String, Operation> byKey = new HashMap<>();
    for (Operation operation : operations) {
      if (operation.type() != Operation.Type.ORDER_QUERY && !toys.containsKey(operation.toy())) {
        throw new IllegalArgumentException("no start is given for toy " + operation.toy());
      }
      if (operation.type() == Operation.Type.BUY) {
        checkBody(operation, byKey.putIfAbsent(operation.key(), operation));
      }
    }
  }

  private static void checkBody(Operation buy, Operation earlier) {
    if (earlier != null
        && (!earlier.toy().equals(buy.toy()) || earlier.quantity() != buy.quantity())) {
      throw new IllegalArgumentException("key " + buy.key() + " was used for two purchases");
    }
  }
}
