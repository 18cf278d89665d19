package toystore.history;

import toystore.history.Operation.OperationOutcome;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/** Operations of a history, as a test writes them down. */
final class Operations {
  private Operations() {}

  /** The stock of a toy was asked for, and told. */
  static Operation query(int client, String toy, long quantity, long callNs, long returnNs) {
    return new Operation(
        client,
        Operation.Type.QUERY,
        toy,
        null,
        quantity,
        Operation.NONE,
        OperationOutcome.QUANTITY,
        callNs,
        returnNs);
  }

  /** A purchase became the order of that number. */
  static Operation ordered(
      int client, PurchaseRequest request, long number, long callNs, long returnNs) {
    return buy(client, request, number, OperationOutcome.ORDERED, callNs, returnNs);
  }

  /** A purchase was refused for lack of stock. */
  static Operation outOfStock(int client, PurchaseRequest request, long callNs, long returnNs) {
    return buy(client, request, Operation.NONE, OperationOutcome.OUT_OF_STOCK, callNs, returnNs);
  }

  /** A purchase may take effect at any time, or never. */
  static Operation unknown(int client, PurchaseRequest request, long callNs) {
    return buy(client, request, Operation.NONE, OperationOutcome.UNKNOWN, callNs, Operation.NEVER);
  }

  private static Operation buy(
      int client,
      PurchaseRequest request,
      long number,
      OperationOutcome outcome,
      long callNs,
      long returnNs) {
    return new Operation(
        client,
        Operation.Type.BUY,
        request.name(),
        request.key(),
        request.quantity(),
        number,
        outcome,
        callNs,
        returnNs);
  }

  /** An order was asked for, and shown. */
  static Operation found(int client, Order order, long callNs, long returnNs) {
    return new Operation(
        client,
        Operation.Type.ORDER_QUERY,
        order.name(),
        null,
        order.quantity(),
        order.number(),
        OperationOutcome.FOUND,
        callNs,
        returnNs);
  }

  /** An order was asked for, and there was none. */
  static Operation notFound(int client, long number, long callNs, long returnNs) {
    return new Operation(
        client,
        Operation.Type.ORDER_QUERY,
        null,
        null,
        Operation.NONE,
        number,
        OperationOutcome.NOT_FOUND,
        callNs,
        returnNs);
  }
}
