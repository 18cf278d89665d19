package toystore.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.LongPredicate;
import toystore.history.StockOperation.StockEffect;

/**
 * Looks for an order of a toy's operations that a correct store could have gone through: the search
 * of Wing and Gong with Lowe's memory of configurations, in his just-in-time form ("Testing for
 * linearizability", 2017). At each return, every branch in which that operation has not happened
 * yet is extended, in all ways that matter, until it has; when none is left, there is no order,
 * and the return shows where. So each configuration is visited once, only those of one instant are
 * in memory, and a mistake is never carried further than it can be hidden.
 *
 * <p>Left out without loss:
 *
 * <ul>
 *   <li>an operation that is legal now and changes nothing is taken at once: nothing can need it
 *       later;
 *   <li>of open sales of one quantity only the one that returns first is tried, possible sales last
 *       and in order of their calls: exchanging two keeps every stock and obeys time as well;
 *   <li>the sale whose return is due does not follow other sales that let nothing happen between:
 *       it could as well precede them, and they wait for their own returns;
 *   <li>a branch in which an open query or refusal has come out of reach ({@link SalesBound});
 *   <li>a branch at the same place that needs more possible sales than another.
 * </ul>
 *
 * <p>Where the {@link Breadth} is exceeded, the least likely branches are dropped, and failure
 * proves nothing ({@link #isCut}).
 */
final class StockSearch {
  private final long restockTo;
  private final OperationTimeline timeline;
  private final SalesBound outlook;
  private final Breadth breadth;
  private final StepBudget budget;
  private final long[] quantities;
  private final List<List<Integer>> possible = new ArrayList<>();
  private final List<Integer> free = new ArrayList<>();
  private final List<Integer> sales = new ArrayList<>();
  private final Comparator<Integer> byQuantityAndReturn;
  private List<Branch> frontier;
  private Branches next;
  private Branches seen;
  private Queue<Branch> waiting;
  private int leastUsed;
  private List<Branch> dead;
  private int culprit;
  private int due;
  private boolean cut;

  StockSearch(ToyStart start, OperationTimeline timeline, Breadth breadth, StepBudget budget) {
    this.restockTo = start.restockTo();
    this.timeline = timeline;
    this.outlook = new SalesBound(start, timeline);
    this.breadth = breadth;
    this.budget = budget;
    this.quantities = timeline.possibleQuantities();
    for (int i = 0; i < quantities.length; i++) {
      possible.add(new ArrayList<>());
    }
    this.byQuantityAndReturn = Comparator.<Integer>comparingLong(
            index -> timeline.operation(index).amount())
        .thenComparingLong(index -> timeline.operation(index).returnNs())
        .thenComparing(Comparator.naturalOrder()); // As the timeline has them.
    this.frontier = List.of(Branch.start(start.stock(), timeline.slotCount(), quantities.length));
  }

  /** Whether there is an order. False means none only if nothing was cut. */
  boolean run() {
    for (OperationTimeline.CallOrReturn event : timeline.events()) {
      if (!event.isReturn()) {
        open(event.index());
      } else if (!close(event.index())) {
        return false;
      }
    }
    return true;
  }

  boolean isCut() {
    return cut;
  }

  /** After failure: the operation that fits nowhere. */
  int stuck() {
    return seen.size() > 0 ? due : culprit;
  }

  /** After failure: all the branches into which it does not fit. */
  List<Branch> deadEnds() {
    return seen.size() > 0 ? seen.toList() : dead;
  }

  /** After failure: what else was open, and has not happened in that branch. */
  List<Integer> alsoOpen(Branch branch) {
    List<Integer> open = new ArrayList<>(free);
    open.addAll(sales);
    open.removeIf(index -> index == stuck() || branch.has(timeline.slot(index)));
    for (int i = 0; i < quantities.length; i++) {
      open.addAll(possible.get(i).subList(branch.used(i), possible.get(i).size()));
    }
    return open;
  }

  /** After success: one order, last step first. */
  Branch.BranchStep witness() {
    return frontier.get(0).last();
  }

  private void open(int index) {
    StockOperation operation = timeline.operation(index);
    if (operation.kind() == StockEffect.POSSIBLE_SALE) {
      possible.get(Arrays.binarySearch(quantities, operation.amount())).add(index);
    } else if (operation.kind() == StockEffect.SALE) {
      sales.add(index);
      sales.sort(byQuantityAndReturn);
    } else {
      free.add(index);
      Branches settled = new Branches(budget);
      frontier.forEach(branch -> settled.add(settle(branch)));
      frontier = settled.toList();
    }
  }

  private boolean close(int index) {
    due = index;
    leastUsed = Integer.MAX_VALUE;
    next = new Branches(budget);
    seen = new Branches(budget);
    dead = new ArrayList<>();
    waiting = new PriorityQueue<>(Branch.LIKELIEST_FIRST);
    for (Branch branch : frontier) {
      reach(branch);
    }
    while (!waiting.isEmpty()) {
      Branch branch = waiting.poll();
      if (isTooMuch(branch) || budget.isSpent()) {
        cut = true;
        break;
      }
      budget.charge(1);
      extend(branch);
    }
    List<Branch> all = next.toList();
    frontier = breadth.likeliest(all, leastUsed);
    cut |= frontier.size() < all.size();
    if (frontier.isEmpty()) {
      return false;
    }
    free.remove((Integer) index);
    sales.remove((Integer) index);
    return true;
  }

  private boolean isTooMuch(Branch branch) {
    return seen.size() > breadth.visits() || breadth.isUnlikely(branch, leastUsed);
  }

  /** Notes a branch that is settled: it is through when the operation that is due has happened. */
  private void reach(Branch branch) {
    int slot = timeline.slot(due);
    int hopeless = hopeless(branch);
    if (hopeless >= 0) {
      dead.add(branch);
      culprit = hopeless;
    } else if (branch.has(slot)) {
      leastUsed = Math.min(leastUsed, branch.usedInAll());
      next.add(branch.release(slot));
    } else if (seen.add(branch)) {
      waiting.add(branch);
    }
  }

  /** An open operation that can no longer happen in that branch, or hardly; -1 if there is none. */
  private int hopeless(Branch branch) {
    long used = 0;
    for (int i = 0; i < quantities.length; i++) {
      used += quantities[i] * branch.used(i);
    }
    for (int index : free) {
      if (!branch.has(timeline.slot(index))) {
        long lacking = outlook.lacking(branch, index, used);
        if (lacking > breadth.surplus()) {
          cut |= lacking != Long.MAX_VALUE;
          return index;
        }
      }
    }
    return -1;
  }

  private void extend(Branch branch) {
    if (branch.stock() == 0 && restockTo > 0) {
      reach(settle(branch.restock(restockTo)));
    }
    boolean othersMatter = othersMatter(branch);
    long tried = -1;
    for (int index : sales) {
      StockOperation sale = timeline.operation(index);
      if (sale.amount() == tried || branch.has(timeline.slot(index))) {
        continue;
      }
      tried = sale.amount();
      boolean mayCome = index == due ? !branch.isUnsettled() : othersMatter;
      if (mayCome && sale.amount() <= branch.stock()) {
        reach(settle(branch.sell(timeline.slot(index), index, sale.amount())));
      }
    }
    for (int i = 0; othersMatter && i < quantities.length; i++) {
      if (branch.used(i) < possible.get(i).size()
          && quantities[i] <= branch.stock()
          && !isForSale(quantities[i], branch)) {
        int index = possible.get(i).get(branch.used(i));
        reach(settle(branch.sellPossible(i, index, quantities[i])));
      }
    }
  }

  private boolean isForSale(long amount, Branch branch) {
    for (int index : sales) {
      if (timeline.operation(index).amount() == amount && !branch.has(timeline.slot(index))) {
        return true;
      }
    }
    return false;
  }

  /** Whether sales other than the one that is due could let something else happen, or a restock. */
  private boolean othersMatter(Branch branch) {
    long lowest = branch.stock();
    for (int index : sales) {
      lowest -= branch.has(timeline.slot(index)) ? 0 : timeline.operation(index).amount();
    }
    for (int i = 0; i < quantities.length; i++) {
      lowest -= quantities[i] * (possible.get(i).size() - branch.used(i));
    }
    long bound = lowest;
    return bound <= 0 && restockTo > 0 || isAnyFree(branch, operation -> operation >= bound);
  }

  private boolean isAnyFree(Branch branch, LongPredicate reachable) {
    for (int index : free) {
      StockOperation operation = timeline.operation(index);
      if (!branch.has(timeline.slot(index))
          && (operation.kind() == StockEffect.REFUSAL
              ? reachable.test(operation.amount() - 1)
              : operation.amount() < branch.stock() && reachable.test(operation.amount()))) {
        return true;
      }
    }
    return false;
  }

  /** Lets happen all that is open, legal now, and changes nothing. */
  private Branch settle(Branch branch) {
    Branch settled = branch;
    for (int index : free) {
      int slot = timeline.slot(index);
      if (!settled.has(slot) && timeline.operation(index).isFreeAt(settled.stock())) {
        settled = settled.take(slot, index);
      }
    }
    return settled;
  }
}
