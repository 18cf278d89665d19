package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import toystore.edge.WireFormat;
import toystore.model.Order;

/** The public JSON of orders. */
final class OrderBody {
  private OrderBody() {}

  static Buffer number(long number) {
    return Buffer.buffer("{\"data\":{\"order_number\":" + number + "}}");
  }

  static Buffer order(Order order) {
    return WireFormat.encode(new Found(order));
  }

  private record Found(Order data) {}
}
