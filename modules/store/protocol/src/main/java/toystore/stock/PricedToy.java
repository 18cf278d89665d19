package toystore.stock;

import java.util.Objects;

/**
 * A toy the store offers.
 *
 * @param priceCents price of one unit in cents, not negative
 */
public record PricedToy(String name, long priceCents) {
  public PricedToy {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
    if (priceCents < 0) {
      throw new IllegalArgumentException("priceCents=" + priceCents);
    }
  }
}
