package toystore.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import toystore.history.HistoryViolation.Placement;

/**
 * Decides one toy's stock: first with few branches, which is quick and enough for most correct
 * histories, then with more and more until nothing is cut.
 */
final class StockCheck {
  private static final int SHOWN_BEFORE = 8;
  private static final int SHOWN_OPEN = 8;
  private static final int SHOWN_STOCKS = 8;

  private StockCheck() {}

  static Decision check(ToyStart start, List<StockOperation> operations, Limits limits) {
    OperationTimeline timeline = new OperationTimeline(operations);
    StepBudget budget = new StepBudget(limits.stepsPerToy());
    for (Breadth breadth = Breadth.first(limits.width());
        ;
        breadth = breadth.wider(limits.width())) {
      StockSearch search = new StockSearch(start, timeline, breadth, budget);
      if (search.run()) {
        List<Placement> order = placements(search.witness(), Integer.MAX_VALUE, timeline);
        return new Decision(HistoryVerdict.LINEARIZABLE, null, order, budget.spent());
      }
      if (!search.isCut()) {
        HistoryViolation violation = explain(start, timeline, search);
        return new Decision(HistoryVerdict.VIOLATION, violation, List.of(), budget.spent());
      }
      if (budget.isSpent() || breadth.isAtMost(limits.width())) {
        return new Decision(HistoryVerdict.UNDECIDED, null, List.of(), budget.spent());
      }
    }
  }

  private static HistoryViolation explain(
      ToyStart start, OperationTimeline timeline, StockSearch search) {
    List<Branch> deadEnds = search.deadEnds();
    Branch longest =
        deadEnds.stream().max(Comparator.comparingInt(Branch::length)).orElseThrow();
    Operation stuck = timeline.operation(search.stuck()).shown();
    List<Operation> fitNowhere = new ArrayList<>(List.of(stuck));
    search.alsoOpen(longest).stream()
        .limit(SHOWN_OPEN)
        .forEach(index -> fitNowhere.add(timeline.operation(index).shown()));
    return new HistoryViolation(
        Rule.STOCK,
        "toy " + start.name(),
        stuck.inWords() + ", but the stock could only be " + stocks(deadEnds),
        placements(longest.last(), SHOWN_BEFORE, timeline),
        fitNowhere);
  }

  private static String stocks(List<Branch> branches) {
    TreeSet<Long> stocks = new TreeSet<>();
    branches.forEach(branch -> stocks.add(branch.stock()));
    List<String> shown =
        stocks.stream().limit(SHOWN_STOCKS).map(String::valueOf).toList();
    return String.join(" or ", shown)
        + (stocks.size() > SHOWN_STOCKS ? " or up to " + stocks.last() : "");
  }

  private static List<Placement> placements(
      Branch.BranchStep last, int most, OperationTimeline timeline) {
    Deque<Placement> placements = new ArrayDeque<>();
    for (Branch.BranchStep step = last;
        step != null && placements.size() < most;
        step = step.before()) {
      boolean restock = step.index() == Branch.BranchStep.RESTOCK;
      placements.push(new Placement(
          restock ? null : timeline.operation(step.index()).shown(), step.stockAfter()));
    }
    return List.copyOf(new ArrayList<>(placements));
  }

  /**
   * What is decided of a toy.
   *
   * @param violation the proof of a violation, or null
   * @param order the proof of the contrary: all that happened, in order
   * @param steps branches visited
   */
  record Decision(
      HistoryVerdict verdict, HistoryViolation violation, List<Placement> order, long steps) {}
}
