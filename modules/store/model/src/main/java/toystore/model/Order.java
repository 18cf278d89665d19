package toystore.model;

import java.util.Objects;

/**
 * A committed order. It never changes.
 *
 * @param number position among all orders, from 0, without gaps
 * @param name the toy
 * @param quantity units, 1 to {@value PurchaseRequest#MAX_QUANTITY}
 */
public record Order(long number, String name, int quantity) {
  public Order {
    if (number < 0) {
      throw new IllegalArgumentException("number=" + number);
    }
    Objects.requireNonNull(name, "name");
    PurchaseRequest.checkQuantity(quantity);
  }
}
