package toystore.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * The calls and returns of a toy's operations in order of time. At the same instant calls come
 * first: operations that touch are taken to overlap. Possible sales never return.
 *
 * <p>Every operation that returns has a slot, its own while it is open: the set of open operations
 * that have happened is then a few bits, however long the history.
 */
final class OperationTimeline {
  private static final Comparator<CallOrReturn> BY_TIME =
      Comparator.comparingLong(CallOrReturn::ns).thenComparing(CallOrReturn::isReturn);

  private final List<StockOperation> operations;
  private final List<CallOrReturn> events;
  private final int[] slots;
  private int slotCount;

  OperationTimeline(List<StockOperation> operations) {
    this.operations = List.copyOf(operations);
    this.events = new ArrayList<>(2 * operations.size());
    this.slots = new int[operations.size()];
    for (int index = 0; index < operations.size(); index++) {
      StockOperation operation = operations.get(index);
      events.add(new CallOrReturn(index, false, operation.callNs()));
      if (operation.kind() != StockOperation.StockEffect.POSSIBLE_SALE) {
        events.add(new CallOrReturn(index, true, operation.returnNs()));
      }
    }
    events.sort(BY_TIME);
    assignSlots();
  }

  private void assignSlots() {
    PriorityQueue<Integer> free = new PriorityQueue<>();
    for (CallOrReturn event : events) {
      int index = event.index();
      if (event.isReturn()) {
        free.add(slots[index]);
      } else if (operations.get(index).kind() != StockOperation.StockEffect.POSSIBLE_SALE) {
        slots[index] = free.isEmpty() ? slotCount++ : free.poll();
      }
    }
  }

  List<CallOrReturn> events() {
    return events;
  }

  int size() {
    return operations.size();
  }

  StockOperation operation(int index) {
    return operations.get(index);
  }

  int slot(int index) {
    return slots[index];
  }

  int slotCount() {
    return slotCount;
  }

  /** The different quantities of the possible sales, ascending. */
  long[] possibleQuantities() {
    TreeSet<Long> quantities = new TreeSet<>();
    for (StockOperation operation : operations) {
      if (operation.kind() == StockOperation.StockEffect.POSSIBLE_SALE) {
        quantities.add(operation.amount());
      }
    }
    return quantities.stream().mapToLong(Long::longValue).toArray();
  }

  /** The call or the return of the operation of that index. */
  record CallOrReturn(int index, boolean isReturn, long ns) {}
}
