package toystore.desk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/** All that is in the modelled database at one moment. Copied before it is changed. */
final class ModelBooks {
  /** A toy's books. */
  record ToyRecord(long initial, long restocked, long stock, long sold) {}

  long epoch;
  long line;
  long beat;
  long clockMs;
  long sessionMs;
  boolean offered;
  /** The connection of the desk in office. */
  int backend = -1;

  final Map<String, ToyRecord> toys = new TreeMap<>();
  final List<Order> orders = new ArrayList<>();
  final Map<String, PurchaseRequest> bought = new HashMap<>();
  final Map<String, Long> numbers = new HashMap<>();
  final Map<String, PurchaseRequest> refused = new HashMap<>();

  ModelBooks copy() {
    ModelBooks copy = new ModelBooks();
    copy.epoch = epoch;
    copy.line = line;
    copy.beat = beat;
    copy.clockMs = clockMs;
    copy.sessionMs = sessionMs;
    copy.offered = offered;
    copy.backend = backend;
    copy.toys.putAll(toys);
    copy.orders.addAll(orders);
    copy.bought.putAll(bought);
    copy.numbers.putAll(numbers);
    copy.refused.putAll(refused);
    return copy;
  }

  /** As the function buy_batch decides. */
  DeskTurn.Decided buy(PurchaseRequest wanted) {
    PurchaseRequest known = bought.getOrDefault(wanted.key(), refused.get(wanted.key()));
    if (known != null) {
      return !known.sameBody(wanted)
          ? new DeskTurn.Decided(DeskTurn.Verdict.KEY_REUSED, -1)
          : numbers.containsKey(wanted.key())
              ? new DeskTurn.Decided(DeskTurn.Verdict.ORDERED, numbers.get(wanted.key()))
              : new DeskTurn.Decided(DeskTurn.Verdict.OUT_OF_STOCK, -1);
    }
    ToyRecord toy = toys.get(wanted.name());
    if (toy == null) {
      return new DeskTurn.Decided(DeskTurn.Verdict.NO_SUCH_TOY, -1);
    }
    if (toy.stock < wanted.quantity()) {
      refused.put(wanted.key(), wanted);
      return new DeskTurn.Decided(DeskTurn.Verdict.OUT_OF_STOCK, -1);
    }
    toys.put(
        wanted.name(),
        new ToyRecord(
            toy.initial,
            toy.restocked,
            toy.stock - wanted.quantity(),
            toy.sold + wanted.quantity()));
    long number = orders.size();
    orders.add(new Order(number, wanted.name(), wanted.quantity()));
    bought.put(wanted.key(), wanted);
    numbers.put(wanted.key(), number);
    return new DeskTurn.Decided(DeskTurn.Verdict.ORDERED, number);
  }

  void restock(String name, long to) {
    ToyRecord toy = toys.get(name);
    if (toy != null && toy.stock == 0) {
      toys.put(name, new ToyRecord(toy.initial, toy.restocked + to, to, toy.sold));
    }
  }

  boolean knowsAll(DeskTurn turn) {
    return turn.restock().isEmpty()
        && !turn.purchases().isEmpty()
        && turn.purchases().stream()
            .allMatch(
                wanted -> bought.containsKey(wanted.key()) || refused.containsKey(wanted.key()));
  }
}
