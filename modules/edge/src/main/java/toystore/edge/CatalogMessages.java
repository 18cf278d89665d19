package toystore.edge;

import java.util.List;
import toystore.model.PurchaseRequest;

/** What the catalog is asked and answers on its internal port. Empty answers are {@link Done}. */
public final class CatalogMessages {
  private CatalogMessages() {}

  /**
   * A front-end with an empty cache introduces itself.
   *
   * @param address {@code host:port} of its internal listener, for invalidations
   */
  public record Hello(int frontEnd, String address) {}

  /**
   * A front-end's session.
   *
   * @param session never used before, from 1
   * @param leaseMs how long its cache may serve, from before it asked
   */
  public record Session(long session, long leaseMs) {}

  /** Prolongs a session; SESSION_EXPIRED when it is unknown or over. */
  public record Renew(long session) {}

  /** Asks for toys by name; session 0 asks without a cache. */
  public record Read(long session, List<String> names) {}

  public record ReadAll() {}

  /**
   * A toy's acknowledged state.
   *
   * @param version grows with every change of the toy
   * @param cacheable whether the asking session may keep it
   */
  public record ToyState(
      String name, long priceCents, long quantity, long version, boolean cacheable) {}

  /** One for each name asked for, null where there is no such toy. */
  public record Toys(List<ToyState> toys) {}

  /** Takes stock for purchases, each once, however often it is asked; FENCED for an old epoch. */
  public record Reserve(long epoch, List<PurchaseRequest> requests) {}

  /** What became of one purchase. It never changes. */
  public enum ReserveOutcome {
    HELD,
    OUT_OF_STOCK,
    TOY_NOT_FOUND,
    KEY_REUSED
  }

  public record ReserveOutcomes(List<ReserveOutcome> outcomes) {}

  /** These are orders now: held becomes sold. */
  public record Settle(List<String> keys) {}

  /** Refuses older epochs from now on, and answers all holds. */
  public record Fence(long epoch) {}

  public record FindHolds(long epoch, long olderThanMs) {}

  public record Holds(List<PurchaseRequest> holds) {}

  /** One toy's books: {@code initial + restocked = inStock + held + sold}, always. */
  public record ToyAudit(
      String name, long initial, long restocked, long inStock, long held, long sold) {}

  public record Audit(List<ToyAudit> toys) {}

  /** Nothing to say but that it is done. */
  public record Done() {}
}
