package toystore.purchase;

import java.util.List;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.replication.Input;

/**
 * What {@link Purchases} wants done.
 *
 * @param calls requests to the catalog
 * @param propose purchases to append to the log, by {@link Input.Propose}
 * @param answers what callers are to be told
 * @param tell what the replica's core is to be told, before anything is proposed
 * @param resign whether this replica must give up its office: the catalog knows a later leader
 * @param notes changes worth a line in the log, as {@code key=value} words
 */
public record PurchaseEffects(
    List<CatalogCall<?>> calls,
    List<PurchaseRequest> propose,
    List<PurchaseAnswer> answers,
    List<Input> tell,
    boolean resign,
    List<String> notes) {

  /**
   * The end of one call of {@link Purchases#buy}.
   *
   * @param caller who made it
   * @param number the order's number, where {@code error} is null
   * @param error why there is none, or null
   * @param message for a person, where {@code error} is not null
   */
  public record PurchaseAnswer(Caller caller, long number, StoreError error, String message) {
    static PurchaseAnswer number(Caller caller, long number) {
      return new PurchaseAnswer(caller, number, null, null);
    }

    static PurchaseAnswer refusal(Caller caller, StoreError error, String message) {
      return new PurchaseAnswer(caller, -1, error, message);
    }
  }
}
