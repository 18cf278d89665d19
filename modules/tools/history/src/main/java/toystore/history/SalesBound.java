package toystore.history;

import toystore.history.StockOperation.StockEffect;

/**
 * How many units can be sold at most before an operation returns: those of all purchases called by
 * then. A branch in which an open query or refusal needs more than that is dead already, long
 * before that operation is due.
 */
final class SalesBound {
  private final ToyStart start;
  private final OperationTimeline timeline;
  private final long[] sales;
  private final long[] possibleSales;

  SalesBound(ToyStart start, OperationTimeline timeline) {
    this.start = start;
    this.timeline = timeline;
    this.sales = new long[timeline.size()];
    this.possibleSales = new long[timeline.size()];
    long sold = 0;
    long possible = 0;
    for (OperationTimeline.CallOrReturn event : timeline.events()) {
      StockOperation operation = timeline.operation(event.index());
      if (event.isReturn()) {
        sales[event.index()] = sold;
        possibleSales[event.index()] = possible;
      } else if (operation.kind() == StockEffect.SALE) {
        sold += operation.amount();
      } else if (operation.kind() == StockEffect.POSSIBLE_SALE) {
        possible += operation.amount();
      }
    }
  }

  /**
   * How many units must be sold by possible sales, at least, before that query or refusal can
   * happen in that branch; {@link Long#MAX_VALUE} if it never can.
   */
  long lacking(Branch branch, int index, long possiblyUsed) {
    long lacking = distance(branch.stock(), timeline.operation(index));
    if (lacking == Long.MAX_VALUE) {
      return lacking;
    }
    lacking -= sales[index] - branch.sold();
    return lacking > possibleSales[index] - possiblyUsed ? Long.MAX_VALUE : lacking;
  }

  /** Units to be sold until it can happen. */
  private long distance(long stock, StockOperation operation) {
    if (operation.kind() == StockEffect.REFUSAL) {
      return stock - (operation.amount() - 1);
    }
    if (operation.amount() <= stock) {
      return stock - operation.amount();
    }
    // Only a restock leads up, and only from 0.
    return operation.amount() > start.restockTo()
        ? Long.MAX_VALUE
        : stock + start.restockTo() - operation.amount();
  }
}
