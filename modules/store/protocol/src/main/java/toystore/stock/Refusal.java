package toystore.stock;

/**
 * A purchase key that was refused for lack of stock.
 *
 * @param id grows by one with each refusal, also from run to run
 * @param quantity units asked for
 * @param atMs when, on the catalog's {@link RequestClock}
 */
public record Refusal(long id, String key, String toy, int quantity, long atMs) {
  boolean sameBody(String otherToy, int otherQuantity) {
    return quantity == otherQuantity && toy.equals(otherToy);
  }
}
