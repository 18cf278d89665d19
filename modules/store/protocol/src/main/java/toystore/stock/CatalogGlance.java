package toystore.stock;

import java.util.Collection;
import java.util.List;
import toystore.model.Require;

/**
 * The catalog, for people to look at.
 *
 * @param toys how many there are
 * @param stock units of all toys together
 * @param restocks toys restocked since its start
 * @param sessions caches that it guards
 * @param holds how many there are
 * @param shown of the toys those with the least stock, or all if they are few
 * @param oldest of the holds, the oldest first
 */
public record CatalogGlance(
    int toys,
    long stock,
    long restocks,
    int sessions,
    int holds,
    boolean grace,
    List<ToyShelf> shown,
    List<HeldStock> oldest) {
  public CatalogGlance {
    Require.noNull("shown", shown);
    Require.noNull("oldest", oldest);
  }

  static CatalogGlance of(
      CatalogFigures figures,
      StockRoom toys,
      Collection<Ledger.Hold> holds,
      int most,
      long clockMs) {
    return new CatalogGlance(
        figures.toys(),
        toys.stock(),
        figures.restocks(),
        figures.sessions(),
        holds.size(),
        figures.inGrace(),
        toys.scarcest(most).stream()
            .map(toy -> new ToyShelf(toy.name(), toy.stock(), toy.restocked()))
            .toList(),
        holds.stream()
            .limit(most)
            .map(hold -> new HeldStock(hold.toy(), hold.quantity(), clockMs - hold.sinceMs()))
            .toList());
  }

  /**
   * One toy.
   *
   * @param restocked units added since it was first sold
   */
  public record ToyShelf(String toy, long stock, long restocked) {}

  /** Stock that is taken and waits for its order. */
  public record HeldStock(String toy, int quantity, long ageMs) {}
}
