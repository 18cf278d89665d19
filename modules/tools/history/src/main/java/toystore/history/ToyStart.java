package toystore.history;

import java.util.Objects;

/**
 * What is known of a toy when its history begins.
 *
 * @param name the toy
 * @param stock units in stock at the beginning
 * @param restockTo what the catalog restocks it to, unseen by clients, at any instants at which its
 *     stock is 0; 0 when it is never restocked
 */
public record ToyStart(String name, long stock, long restockTo) {
  public ToyStart {
    Objects.requireNonNull(name, "name");
    if (stock < 0 || restockTo < 0) {
      throw new IllegalArgumentException("stock=" + stock + " restockTo=" + restockTo);
    }
  }
}
