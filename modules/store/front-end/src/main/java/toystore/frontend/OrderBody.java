package toystore.frontend;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import toystore.edge.WireFormat;
import toystore.model.Order;
import toystore.model.StoreError;
import toystore.model.StoreException;

/** The public JSON of orders. */
final class OrderBody {
  private static final String MAX_LONG = Long.toString(Long.MAX_VALUE);

  private OrderBody() {}

  static Buffer number(long number) {
    return Buffer.buffer("{\"data\":{\"order_number\":" + number + "}}");
  }

  static Buffer order(Order order) {
    return WireFormat.encode(new FoundOrder(order));
  }

  /** Reads the number of an order, however long it is; fails with BAD_REQUEST if it is none. */
  static Future<Long> parseNumber(String text) {
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return failed(StoreError.BAD_REQUEST, "the order number must be a whole number");
    }
    String number = text.replaceFirst("^0+(?=.)", "");
    // No order can have a number above the largest long; that needs no proof.
    boolean isTooLarge = number.length() > MAX_LONG.length()
        || number.length() == MAX_LONG.length() && number.compareTo(MAX_LONG) > 0;
    return isTooLarge
        ? failed(StoreError.ORDER_NOT_FOUND, "beyond all")
        : Future.succeededFuture(Long.parseLong(number));
  }

  private static Future<Long> failed(StoreError error, String message) {
    return Future.failedFuture(new StoreException(error, message));
  }

  private record FoundOrder(Order data) {}
}
