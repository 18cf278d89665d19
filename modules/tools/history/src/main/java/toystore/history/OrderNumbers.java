package toystore.history;

import static toystore.history.Operation.OperationOutcome.FOUND;
import static toystore.history.Operation.OperationOutcome.NOT_FOUND;
import static toystore.history.Operation.OperationOutcome.ORDERED;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Decides whether the order numbers can be those of one log: each written once, in order, without
 * gaps, and never changed.
 *
 * <p>Number n was written at some instant: not before its purchase was called, nor before a query
 * that did not find it was; not after the first return that shows it; and not after n + 1. Such
 * instants exist just when no number's earliest lies after the latest of an equal or higher one: so
 * one sweep decides exactly, without a search.
 */
final class OrderNumbers {
  private final TreeMap<Long, Written> numbers = new TreeMap<>();
  private final List<HistoryViolation> broken = new ArrayList<>();
  private final long ordersBefore;

  private OrderNumbers(long ordersBefore) {
    this.ordersBefore = ordersBefore;
  }

  static List<HistoryViolation> check(History history, List<PurchaseAttempts> purchases) {
    OrderNumbers check = new OrderNumbers(history.ordersBefore());
    purchases.stream().filter(purchase -> purchase.outcome() == ORDERED).forEach(check::given);
    for (Operation operation : history.operations()) {
      if (operation.outcome() == FOUND) {
        check.found(operation);
      } else if (operation.outcome() == NOT_FOUND) {
        check.notFound(operation);
      }
    }
    check.inOrder();
    if (check.broken.isEmpty()) {
      List<PurchaseAttempts> unknown =
          purchases.stream().filter(PurchaseAttempts::isUnknown).toList();
      check.broken.addAll(UnclaimedOrders.check(check.numbers, check.ordersBefore, unknown));
    }
    return check.broken;
  }

  private void given(PurchaseAttempts purchase) {
    Operation buy = purchase.deciding();
    Written written = at(buy.number());
    if (buy.number() < ordersBefore) {
      report(
          Rule.NUMBER_GIVEN_TWICE,
          buy.number(),
          "it was given to a new purchase, but existed before the history began",
          buy);
    } else if (written.purchase != null) {
      Operation other = written.purchase.deciding();
      report(
          Rule.NUMBER_GIVEN_TWICE,
          buy.number(),
          "it was given to key " + other.key() + " and to key " + buy.key(),
          other,
          buy);
    } else {
      written.purchase = purchase;
      written.content = buy;
      written.notBefore(purchase.callNs(), buy);
      written.notAfter(purchase.returnNs(), buy);
    }
  }

  private void found(Operation query) {
    Written written = at(query.number());
    Operation content = written.content;
    if (content == null) {
      written.content = query;
    } else if (!content.toy().equals(query.toy()) || content.quantity() != query.quantity()) {
      report(
          Rule.ORDER_CHANGED,
          query.number(),
          "it was " + units(content) + " and then " + units(query),
          content,
          query);
    }
    written.notAfter(query.returnNs(), query);
  }

  private static String units(Operation operation) {
    return operation.quantity() + " " + operation.toy();
  }

  private void notFound(Operation query) {
    at(query.number()).notBefore(query.callNs(), query);
    if (query.number() < ordersBefore) {
      report(
          Rule.NOT_FOUND_AFTER_ORDER,
          query.number(),
          "it was not found, but existed before the history began",
          query);
    }
  }

  /** The first number written too late for itself or for a higher one, if any, is reported. */
  private void inOrder() {
    Written latest = new Written();
    for (var entry : numbers.tailMap(ordersBefore, true).entrySet()) {
      Written written = entry.getValue();
      latest.notBefore(written.earliestNs, written.earliest);
      if (latest.earliestNs > written.latestNs) {
        boolean lost = latest.earliest.outcome() == NOT_FOUND;
        report(
            lost ? Rule.NOT_FOUND_AFTER_ORDER : Rule.NUMBERS_OUT_OF_ORDER,
            lost ? latest.earliest.number() : entry.getKey(),
            lost
                ? "it was not found after order " + entry.getKey() + " had been seen"
                : "it was seen before the purchase of order "
                    + latest.earliest.number()
                    + " was asked for",
            written.shown,
            latest.earliest);
        return;
      }
    }
  }

  private Written at(long number) {
    return numbers.computeIfAbsent(number, absent -> new Written());
  }

  private void report(Rule rule, long number, String summary, Operation... operations) {
    broken.add(new HistoryViolation(rule, "order " + number, summary, List.of(operations)));
  }

  /** What is known of one number, and of the instant at which it was written. */
  static final class Written {
    private PurchaseAttempts purchase;
    private Operation content;
    private Operation earliest;
    private long earliestNs = Long.MIN_VALUE;
    private Operation shown;
    private long latestNs = Long.MAX_VALUE;

    private void notBefore(long ns, Operation witness) {
      if (ns > earliestNs) {
        earliestNs = ns;
        earliest = witness;
      }
    }

    private void notAfter(long ns, Operation witness) {
      if (ns < latestNs) {
        latestNs = ns;
        shown = witness;
      }
    }

    boolean isClaimed() {
      return purchase != null;
    }

    /** The order as first seen; null when nobody has. */
    Operation content() {
      return content;
    }

    long latestNs() {
      return latestNs;
    }
  }
}
