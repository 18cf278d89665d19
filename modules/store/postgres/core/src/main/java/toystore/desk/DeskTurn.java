package toystore.desk;

import java.util.List;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/**
 * One transaction of the desk in office. It always writes, so that its answer comes only when it,
 * and all that was written before it, is durable.
 *
 * @param pass where it is not good, nothing is done
 * @param clockMs a reading of the desk's clock, which the database keeps from going back
 * @param purchases to be decided in this order
 * @param seenMs for each a reading of the desk's clock of before any front-end saw it
 * @param numbers of orders to look up
 * @param names of toys to read after the purchases
 * @param allToys whether all toys are to be read
 * @param restock names of toys to restock if they are sold out
 * @param wantsSoldOut whether the names of sold-out toys are wanted
 */
public record DeskTurn(
    Pass pass,
    long clockMs,
    List<PurchaseRequest> purchases,
    List<Long> seenMs,
    List<Long> numbers,
    List<String> names,
    boolean allToys,
    List<String> restock,
    boolean wantsSoldOut) {

  /**
   * By what the database knows the desk in office.
   *
   * @param epoch of the office
   * @param line counts the connections in this office: what an earlier one has sent, and what was
   *     stuck on its way, is refused
   * @param orders so many were durable once; a database with fewer went back in time, and refuses
   */
  public record Pass(long epoch, long line, long orders) {}

  /** What became of a purchase. */
  public enum Verdict {
    ORDERED,
    OUT_OF_STOCK,
    NO_SUCH_TOY,
    KEY_REUSED,
    /** It is too old to be decided. */
    TOO_OLD
  }

  /** @param number of the order, -1 where there is none */
  public record Decided(Verdict verdict, long number) {}

  /** A toy as it is after the turn. */
  public record ToyLine(String name, long priceCents, long stock) {}

  /**
   * What came of a turn.
   *
   * @param beat grows by one with each turn of any desk
   * @param nextNumber of the next order: as many orders there are
   * @param decided one for each purchase
   * @param orders one for each number, null where there is no such order
   * @param toys of those asked for, each that exists; all toys in the catalog's order
   * @param soldOut toys without stock, where they were asked for
   */
  public record Outcome(
      long beat,
      long nextNumber,
      List<Decided> decided,
      List<Order> orders,
      List<ToyLine> toys,
      List<String> soldOut) {}
}
