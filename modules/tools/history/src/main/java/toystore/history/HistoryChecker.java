package toystore.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a correct store could have shown a history.
 *
 * <p>Linearizability is local: a history is linearizable just when it is for each object. So each
 * toy's stock is decided by itself ({@link StockCheck}), then the orders: each key and each number
 * is a register written once, and the numbers are those of one log ({@link OrderNumbers}).
 *
 * <p>A correct store, in full: a query shows the stock; a purchase takes its units if there are
 * enough, else it is refused and takes nothing; a toy whose stock is 0 may be restocked at any
 * instant; a purchase is decided once, however often it is sent; the orders are numbered from 0, in
 * the order in which they are written; an order is found unchanged from then on, and not before. A
 * purchase of unknown outcome may happen at any time after its call, or never.
 */
public final class HistoryChecker {
  private HistoryChecker() {}

  /** Decides the history. Never says LINEARIZABLE or VIOLATION without proof. */
  public static HistoryReport check(History history, Limits limits) {
    List<HistoryViolation> violations = new ArrayList<>();
    List<String> undecided = new ArrayList<>();
    List<PurchaseAttempts> purchases = PurchaseAttempts.of(history.operations(), violations);
    violations.addAll(OrderNumbers.check(history, purchases));
    Map<String, List<StockOperation>> byToy =
        new TreeMap<>(StockOperation.byToy(history.operations(), purchases));
    long steps = 0;
    for (var toy : byToy.entrySet()) {
      ToyStart start = history.toys().get(toy.getKey());
      StockCheck.Decision decision = StockCheck.check(start, toy.getValue(), limits);
      steps += decision.steps();
      switch (decision.verdict()) {
        case VIOLATION -> violations.add(decision.violation());
        case UNDECIDED -> undecided.add(toy.getKey());
        case LINEARIZABLE -> {}
      }
    }
    HistoryVerdict verdict = verdict(history.complete(), violations, undecided);
    return new HistoryReport(
        verdict, violations, undecided, history.operations().size(), byToy.size(), steps);
  }

  private static HistoryVerdict verdict(
      boolean complete, List<HistoryViolation> violations, List<String> undecided) {
    if (!violations.isEmpty()) {
      return complete ? HistoryVerdict.VIOLATION : HistoryVerdict.UNDECIDED;
    }
    return undecided.isEmpty() ? HistoryVerdict.LINEARIZABLE : HistoryVerdict.UNDECIDED;
  }

  /**
   * What is decided.
   *
   * @param verdict on the whole
   * @param violations at most one for each toy, and those of keys and orders; of a history that is
   *     not complete they are suspicions
   * @param undecided the toys for which the limits were too low
   * @param operations how many there are
   * @param toys how many have operations
   * @param steps branches visited
   */
  public record HistoryReport(
      HistoryVerdict verdict,
      List<HistoryViolation> violations,
      List<String> undecided,
      int operations,
      int toys,
      long steps) {
    public HistoryReport {
      violations = List.copyOf(violations);
      undecided = List.copyOf(undecided);
    }
  }
}
