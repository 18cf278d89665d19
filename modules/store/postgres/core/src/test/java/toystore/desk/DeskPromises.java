package toystore.desk;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.Violation;

/** What clients were told, and whether it can all be true. */
final class DeskPromises {
  /** @param most of the toy's units that a read may find that begins now */
  record Reading(String toy, long most) {}

  private final Timeline timeline;
  private final Map<String, PurchaseRequest> wanted = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<Long, PurchaseRequest> orders = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final long initial;
  /** Of Tux, which is never restocked: its stock only falls. */
  private long most;

  private long acknowledgedUnits;

  private long highest = -1;
  private long told;

  DeskPromises(Timeline timeline, long stock) {
    this.timeline = timeline;
    this.initial = stock;
    this.most = stock;
  }

  long told() {
    return told;
  }

  /** So many orders, from number 0, are known to exist. */
  long acknowledged() {
    return highest + 1;
  }

  void wants(PurchaseRequest purchase) {
    wanted.put(purchase.key(), purchase);
  }

  void bought(PurchaseRequest purchase, long number, long acknowledgedBefore) {
    told++;
    Long before = numbers.putIfAbsent(purchase.key(), number);
    if (before != null && before != number) {
      throw violation("one key has two numbers: " + purchase + " " + before + " " + number);
    }
    PurchaseRequest other = orders.putIfAbsent(number, purchase);
    if (other != null && !other.equals(purchase)) {
      throw violation("one number for two purchases: " + number + " " + purchase + " " + other);
    }
    if (number < acknowledgedBefore && before == null) {
      throw violation("numbers are out of order: " + number + " after " + acknowledgedBefore);
    }
    if (refused.contains(purchase.key())) {
      throw violation("sold what was refused: " + purchase);
    }
    if (before == null && "Tux".equals(purchase.name())) {
      acknowledgedUnits += purchase.quantity();
      most = Math.min(most, initial - acknowledgedUnits);
    }
    highest = Math.max(highest, number);
  }

  void refused(PurchaseRequest purchase) {
    refused.add(purchase.key());
    if (numbers.containsKey(purchase.key())) {
      throw violation("refused what was sold: " + purchase);
    }
  }

  void found(Order order) {
    PurchaseRequest purchase = orders.get(order.number());
    if (purchase != null
        && !(purchase.name().equals(order.name()) && purchase.quantity() == order.quantity())) {
      throw violation("an order changed: " + order + " was " + purchase);
    }
    highest = Math.max(highest, order.number());
  }

  void absent(long number, long acknowledgedBefore) {
    if (number < acknowledgedBefore) {
      throw violation("an acknowledged order was not found: " + number);
    }
  }

  Reading readingBegins(String toy) {
    return new Reading(toy, most);
  }

  void readingEnds(Reading reading, long stock, String how) {
    if (!"Tux".equals(reading.toy())) {
      return;
    }
    if (stock > reading.most()) {
      throw violation("a read was stale (" + how + "): " + stock + ", known " + reading.most());
    }
    most = Math.min(most, stock);
  }

  /** Everybody was answered, and nothing happens any more. */
  void demandAll(ModelBooks books) {
    numbers.forEach((key, number) -> {
      if (!number.equals(books.numbers.get(key))) {
        throw violation("an acknowledged order is lost: " + number + " of " + key);
      }
    });
    for (String key : refused) {
      if (books.numbers.containsKey(key)) {
        throw violation("sold what was refused: " + key);
      }
    }
    if (books.numbers.size() != books.orders.size()) {
      throw violation("orders are not as many as their keys");
    }
    books.toys.forEach((name, toy) -> {
      long ordered = books.orders.stream()
          .filter(order -> order.name().equals(name))
          .mapToLong(Order::quantity)
          .sum();
      if (toy.initial() + toy.restocked() != toy.stock() + toy.sold() || ordered != toy.sold()) {
        throw violation("the books do not balance: " + name + " " + toy + " ordered " + ordered);
      }
    });
  }

  private Violation violation(String words) {
    return new Violation("after " + timeline.now() + " ms: " + words);
  }
}
