package toystore.model;

import java.util.Objects;

/**
 * One purchase, however often it is sent. Equal keys mean the same purchase.
 *
 * @param key the purchase's idempotency key, 1 to {@value #MAX_KEY_LENGTH} characters
 * @param name the toy, at most {@value #MAX_NAME_LENGTH} characters
 * @param quantity units, 1 to {@value #MAX_QUANTITY}
 */
public record PurchaseRequest(String key, String name, int quantity) {
  public static final int MAX_KEY_LENGTH = 128;
  /** As long as a client's whole request may be: what there is no toy of is a name, too. */
  public static final int MAX_NAME_LENGTH = 16 << 10;

  public static final int MAX_QUANTITY = 1_000_000;

  public PurchaseRequest {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(name, "name");
    if (key.isEmpty() || key.length() > MAX_KEY_LENGTH) {
      throw new IllegalArgumentException("key has " + key.length() + " characters");
    }
    if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException("name has " + name.length() + " characters");
    }
    requireText("key", key);
    requireText("name", name);
    checkQuantity(quantity);
  }

  /** Whether the other request asks for the same units of the same toy. */
  public boolean sameBody(PurchaseRequest other) {
    return quantity == other.quantity && name.equals(other.name);
  }

  /** Of what UTF-8 cannot say, or a disk might cut, another purchase would be made on its way. */
  private static void requireText(String component, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != 0 && !Character.isSurrogate(c)) {
        continue; // All but always; so the check costs next to nothing.
      }
      if (!ToyName.isText(text)) {
        throw new IllegalArgumentException(component + " has broken characters");
      }
      return;
    }
  }

  static void checkQuantity(int quantity) {
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException("quantity=" + quantity);
    }
  }
}
