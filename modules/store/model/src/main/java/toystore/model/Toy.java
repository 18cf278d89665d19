package toystore.model;

import java.util.Objects;

/**
 * A toy as a customer sees it.
 *
 * @param name case-sensitive, not empty
 * @param priceCents price of one unit in cents, not negative
 * @param quantity units in stock, not negative
 */
public record Toy(String name, long priceCents, long quantity) {
  public Toy {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
    if (priceCents < 0) {
      throw new IllegalArgumentException("priceCents=" + priceCents);
    }
    if (quantity < 0) {
      throw new IllegalArgumentException("quantity=" + quantity);
    }
  }
}
