package toystore.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import toystore.history.OrderNumbers.Written;

/**
 * Finds a purchase of unknown outcome for each number that nobody was given: those that a query
 * found, and those below a number that was seen, for numbers have no gaps. An order that remains
 * has no purchase: it was made up, or one purchase became two orders.
 *
 * <p>A number needs a purchase called before the number was written at the latest. Taking the
 * numbers by that instant, and for each the last call before it, leaves the most for the others; so
 * this decides exactly.
 */
final class UnclaimedOrders {
  private static final Comparator<Slot> BY_DEADLINE = Comparator.comparingLong(Slot::deadlineNs);

  private final Map<Body, List<PurchaseAttempts>> purchases = new HashMap<>();
  private final Map<Body, List<Slot>> seen = new HashMap<>();
  private final List<Slot> unseen = new ArrayList<>();
  private final List<HistoryViolation> broken = new ArrayList<>();
  private long unseenAllowed;

  private UnclaimedOrders() {}

  static List<HistoryViolation> check(
      NavigableMap<Long, Written> numbers, long ordersBefore, List<PurchaseAttempts> unknown) {
    UnclaimedOrders check = new UnclaimedOrders();
    // One gap more than there are purchases proves the point; an absurd number makes many.
    check.unseenAllowed = unknown.size() + 1L;
    check.collect(numbers, ordersBefore);
    for (PurchaseAttempts purchase : unknown) {
      Body body = new Body(purchase.toy(), purchase.quantity());
      check.purchases.computeIfAbsent(body, absent -> new ArrayList<>()).add(purchase);
    }
    check.match();
    return check.broken;
  }

  private void collect(NavigableMap<Long, Written> numbers, long ordersBefore) {
    TreeMap<Long, Long> deadlines = new TreeMap<>();
    long deadlineNs = Long.MAX_VALUE;
    for (var entry : numbers.descendingMap().entrySet()) {
      deadlineNs = Math.min(deadlineNs, entry.getValue().latestNs());
      deadlines.put(entry.getKey(), deadlineNs);
    }
    long next = ordersBefore;
    for (var entry : numbers.tailMap(ordersBefore, true).entrySet()) {
      Written written = entry.getValue();
      if (written.content() == null) {
        continue; // Nobody saw it: a gap, if a higher one was seen.
      }
      long number = entry.getKey();
      for (; next < number && unseen.size() < unseenAllowed; next++) {
        unseen.add(new Slot(next, deadlines.ceilingEntry(next).getValue(), written.content()));
      }
      next = number + 1;
      if (!written.isClaimed()) {
        Operation content = written.content();
        seen.computeIfAbsent(
                new Body(content.toy(), content.quantity()), absent -> new ArrayList<>())
            .add(new Slot(number, deadlines.get(number), content));
      }
    }
  }

  private void match() {
    List<PurchaseAttempts> left = new ArrayList<>();
    seen.forEach(
        (body, slots) -> match(slots, purchases.getOrDefault(body, List.of()), left, body));
    purchases.forEach((body, all) -> {
      if (!seen.containsKey(body)) {
        left.addAll(all);
      }
    });
    match(unseen, left, new ArrayList<>(), null);
  }

  private void match(
      List<Slot> slots, List<PurchaseAttempts> offered, List<PurchaseAttempts> left, Body body) {
    List<PurchaseAttempts> byCall = new ArrayList<>(offered);
    byCall.sort(Comparator.comparingLong(PurchaseAttempts::callNs));
    slots.sort(BY_DEADLINE);
    Deque<PurchaseAttempts> called = new ArrayDeque<>();
    int next = 0;
    for (Slot slot : slots) {
      while (next < byCall.size() && byCall.get(next).callNs() <= slot.deadlineNs()) {
        called.push(byCall.get(next++));
      }
      if (called.poll() == null) {
        report(slot, body);
        return;
      }
    }
    left.addAll(called);
    left.addAll(byCall.subList(next, byCall.size()));
  }

  private void report(Slot slot, Body body) {
    String what = body == null
        ? "it was never given to anyone, but a higher number was"
        : "it is " + body.quantity() + " " + body.toy() + ", and no purchase can be it";
    broken.add(new HistoryViolation(
        Rule.ORDER_WITHOUT_PURCHASE,
        "order " + slot.number(),
        what + ": a purchase was doubled, or an order made up",
        List.of(slot.witness())));
  }

  /** What two orders of one kind share. */
  private record Body(String toy, long quantity) {}

  /** A number that needs a purchase, called at the latest at the deadline. */
  private record Slot(long number, long deadlineNs, Operation witness) {}
}
