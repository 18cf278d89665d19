package toystore.purchase;

import java.util.List;
import java.util.Map;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.Require;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages;

/** What an order replica is asked and answers on its internal port, but for replication itself. */
public final class OrderMessages {
  private OrderMessages() {}

  /** Names the leader of an epoch. */
  public record Appointment(long epoch, int leader) {
    public Appointment {
      Require.that(epoch > Epochs.NONE && epoch <= Epochs.LAST, "epoch", epoch);
      Require.atLeast(1, "leader", leader);
    }
  }

  /** Whether the epoch was promised, and what is promised now. */
  public record Appointed(boolean accepted, long promised, int leader) {
    public Appointed {
      requireKnown(promised, leader);
    }
  }

  /**
   * Purchases.
   *
   * @param seenMs for each a reading of the catalog's clock, of before this front-end saw it; 0
   *     where it knows none
   */
  public record Buy(List<PurchaseRequest> requests, List<Long> seenMs) {
    public Buy {
      Require.batch("requests", requests);
      CatalogMessages.requireSeen(requests, seenMs);
    }
  }

  /** An order number, or why there is none; the other components are null. */
  public record BuyOutcome(Long number, StoreError error, String message) {
    public BuyOutcome {
      Require.that(number == null != (error == null), "number", number);
      Require.that(number == null || number >= 0, "number", number);
    }

    public static BuyOutcome ordered(long number) {
      return new BuyOutcome(number, null, null);
    }

    public static BuyOutcome failed(StoreError error, String message) {
      return new BuyOutcome(null, error, message);
    }
  }

  public record BuyOutcomes(List<BuyOutcome> outcomes) {
    public BuyOutcomes {
      Require.noNull("outcomes", outcomes);
    }
  }

  public record OrderQuery(List<Long> numbers) {
    public OrderQuery {
      Require.batch("numbers", numbers);
    }
  }

  /** A committed order, or why there is none: ORDER_NOT_FOUND only when a majority proved it. */
  public record QueryOutcome(Order order, StoreError error) {
    public QueryOutcome {
      Require.that(order == null != (error == null), "order", order);
    }

    public static QueryOutcome found(Order order) {
      return new QueryOutcome(order, null);
    }

    public static QueryOutcome failed(StoreError error) {
      return new QueryOutcome(null, error);
    }
  }

  /** One outcome a query, in order, and whom the replica that answers knows as leader. */
  public record QueryOutcomes(List<QueryOutcome> outcomes, KnownLeader leader) {
    public QueryOutcomes {
      Require.noNull("outcomes", outcomes);
      Require.present("leader", leader);
    }
  }

  /**
   * All committed orders of a replica in short.
   *
   * @param digest equal on two replicas exactly when their orders are
   * @param sold units by toy
   */
  public record Summary(long orders, String digest, Map<String, Long> sold) {
    public Summary {
      Require.atLeast(0, "orders", orders);
      Require.present("digest", digest);
      Require.present("sold", sold);
    }
  }

  private static void requireKnown(long epoch, int leader) {
    Require.that(epoch >= Epochs.NONE && epoch <= Epochs.LAST, "epoch", epoch);
    Require.atLeast(0, "leader", leader);
  }
}
