package toystore.model;

/**
 * One toy's books.
 *
 * <p>Invariant of the store: {@code initial + restocked = inStock + held + sold}, always. A record
 * that breaks it may exist, because an audit is there to find it.
 *
 * @param initial units it started with
 * @param restocked units added since
 * @param inStock units neither held nor sold
 * @param held units taken by purchases that are not known to be orders yet
 * @param sold units of orders
 */
public record ToyBooks(
    String name, long initial, long restocked, long inStock, long held, long sold) {
  public ToyBooks {
    Require.present("name", name);
  }

  public boolean isBalanced() {
    return initial + restocked == inStock + held + sold;
  }
}
