package toystore.purchase;

/**
 * A call of the catalog. Each ends in exactly one input of {@link Purchases} that names its id: an
 * answer, {@link Purchases#fencedOff}, {@link Purchases#unverified} or {@link Purchases#failed}.
 *
 * @param id of no other call of this process
 * @param question one of {@link toystore.stock.CatalogMessages}, or a {@link Probe}
 */
public record CatalogCall<Q>(long id, Q question) {
  /** Asks whether the catalog is there at all. */
  public record Probe() {}
}
