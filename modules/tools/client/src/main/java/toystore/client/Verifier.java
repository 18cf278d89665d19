package toystore.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.model.Order;

/** Judges whether the store kept its word. Pure. */
final class Verifier {
  private final LoadPlan plan;
  private final int quantity;

  /**
   * @param quantity units of every purchase
   */
  Verifier(LoadPlan plan, int quantity) {
    this.plan = plan;
    this.quantity = quantity;
  }

  /** The order that a purchase should have become. */
  Order expected(OrdersReceived book, int index) {
    return new Order(book.number(index), plan.toy(book.toy(index)), quantity);
  }

  /**
   * Whether such an answer settles the matter; if not, the order is not verified. A body that is no
   * order does: the store was asked for an order that it acknowledged, and says 200 to nonsense.
   */
  static boolean settles(Outcome outcome) {
    return outcome == Outcome.OK || outcome == Outcome.NOT_FOUND || outcome == Outcome.MALFORMED;
  }

  /** What is wrong with an order that was looked up; nothing, if it is as acknowledged. */
  Optional<BadOrder> judge(Order expected, Answer<Order> answer) {
    if (answer.outcome() == Outcome.NOT_FOUND) {
      return Optional.of(new BadOrder(
          BadOrder.OrderFlaw.LOST, expected.number(), text(expected), answer.detail()));
    }
    if (answer.outcome() == Outcome.MALFORMED) {
      return Optional.of(wrong(expected, answer.detail()));
    }
    if (answer.isOk() && !answer.value().equals(expected)) {
      Order got = answer.value();
      return Optional.of(wrong(expected, "order " + got.number() + ": " + text(got)));
    }
    return Optional.empty();
  }

  private static BadOrder wrong(Order expected, String got) {
    return new BadOrder(BadOrder.OrderFlaw.WRONG, expected.number(), text(expected), got);
  }

  /**
   * Numbers that were given more than once.
   *
   * @param books of all clients, in their order
   */
  List<BadOrder> doubled(List<OrdersReceived> books) {
    TreeSet<Long> doubled = doubledNumbers(books);
    if (doubled.isEmpty()) {
      return List.of();
    }
    SortedMap<Long, List<String>> owners = new TreeMap<>();
    for (int client = 0; client < books.size(); client++) {
      OrdersReceived book = books.get(client);
      for (int i = 0; i < book.size(); i++) {
        if (doubled.contains(book.number(i))) {
          owners
              .computeIfAbsent(book.number(i), number -> new ArrayList<>())
              .add("client " + client + ": " + text(expected(book, i)));
        }
      }
    }
    List<BadOrder> findings = new ArrayList<>();
    owners.forEach((number, who) -> findings.add(new BadOrder(
        BadOrder.OrderFlaw.DOUBLED,
        number,
        "one purchase",
        who.size() + " (" + String.join("; ", who) + ")")));
    return findings;
  }

  /** By sorting, not by a hash set: a run may have millions of orders, and seldom a doubled one. */
  private static TreeSet<Long> doubledNumbers(List<OrdersReceived> books) {
    long[] numbers = new long[books.stream().mapToInt(OrdersReceived::size).sum()];
    int size = 0;
    for (OrdersReceived book : books) {
      for (int i = 0; i < book.size(); i++) {
        numbers[size++] = book.number(i);
      }
    }
    Arrays.sort(numbers);
    TreeSet<Long> doubled = new TreeSet<>();
    for (int i = 1; i < size; i++) {
      if (numbers[i] == numbers[i - 1]) {
        doubled.add(numbers[i]);
      }
    }
    return doubled;
  }

  private static String text(Order order) {
    return order.quantity() + " " + order.name();
  }
}
