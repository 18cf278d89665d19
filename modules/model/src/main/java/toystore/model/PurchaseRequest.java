package toystore.model;

import java.util.Objects;

/**
 * One purchase, however often it is sent. Equal keys mean the same purchase.
 *
 * @param key the purchase's idempotency key, 1 to {@value #MAX_KEY_LENGTH} characters
 * @param name the toy
 * @param quantity units, 1 to {@value #MAX_QUANTITY}
 */
public record PurchaseRequest(String key, String name, int quantity) {
  public static final int MAX_KEY_LENGTH = 128;
  public static final int MAX_QUANTITY = 1_000_000;

  public PurchaseRequest {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(name, "name");
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException("key has " + key.length() + " characters");
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
    checkQuantity(quantity);
  }

  /** Whether the other request asks for the same units of the same toy. */
  public boolean sameBody(PurchaseRequest other) {
    return quantity == other.quantity && name.equals(other.name);
  }

  static void checkQuantity(int quantity) {
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException("quantity=" + quantity);
    }
  }
}
