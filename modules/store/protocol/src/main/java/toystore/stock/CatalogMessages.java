package toystore.stock;

import java.util.List;
import toystore.model.Claim;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.PurchaseRequest;
import toystore.model.Require;
import toystore.model.ReserveOutcome;
import toystore.model.ToyBooks;

/**
 * What the catalog is asked and answers on its internal port. Empty answers are {@link Done}. Each
 * checks itself; lists of answers do not, because the catalog fills them later.
 */
public final class CatalogMessages {
  private CatalogMessages() {}

  /**
   * A front-end with an empty cache introduces itself.
   *
   * @param address {@code host:port} of its internal listener, for invalidations
   */
  public record Hello(int frontEnd, String address) {
    public Hello {
      Require.that(frontEnd >= 0 && frontEnd <= Epochs.MAX_APPOINTER, "frontEnd", frontEnd);
      Require.present("address", address);
    }
  }

  /**
   * A front-end's session.
   *
   * @param session never used before, from 1
   * @param leaseMs how long its cache may serve, from before it asked
   */
  public record Lease(long session, long leaseMs) {
    public Lease {
      Require.atLeast(1, "session", session);
      Require.atLeast(1, "leaseMs", leaseMs);
    }
  }

  /** Prolongs a session; SESSION_EXPIRED when it is unknown or over. */
  public record Renew(long session) {
    public Renew {
      Require.atLeast(0, "session", session);
    }
  }

  /** Asks for toys by name; session 0 asks without a cache. */
  public record Read(long session, List<String> names) {
    public Read {
      Require.atLeast(0, "session", session);
      Require.batch("names", names);
    }
  }

  public record ReadAll() {}

  /**
   * A toy's acknowledged state.
   *
   * @param version grows with every change of the toy
   * @param cacheable whether the asking session may keep it
   */
  public record ToyState(
      String name, long priceCents, long quantity, long version, boolean cacheable) {
    public ToyState {
      Require.present("name", name);
      Require.atLeast(0, "priceCents", priceCents);
      Require.atLeast(0, "quantity", quantity);
      Require.atLeast(0, "version", version);
    }
  }

  /** One for each name asked for, null where there is no such toy. */
  public record Toys(List<ToyState> toys) {
    public Toys {
      Require.present("toys", toys);
    }
  }

  /**
   * Takes stock for purchases, each once, however often it is asked; FENCED for an old epoch,
   * UNVERIFIED for a leader that has not compared its orders with this run of the catalog.
   *
   * @param seenMs for each purchase a reading of the catalog's clock, of before any front-end saw
   *     it
   */
  public record Reserve(Claim claim, List<PurchaseRequest> requests, List<Long> seenMs) {
    public Reserve {
      Require.present("claim", claim);
      Require.batch("requests", requests);
      requireSeen(requests, seenMs);
    }
  }

  public record ReserveOutcomes(List<ReserveOutcome> outcomes) {
    public ReserveOutcomes {
      Require.noNull("outcomes", outcomes);
    }
  }

  /** These are orders now: held becomes sold. */
  public record Settle(Claim claim, List<String> keys) {
    public Settle {
      Require.present("claim", claim);
      Require.batch("keys", keys);
    }
  }

  /**
   * Refuses older epochs from now on; answered by {@link Fenced}.
   *
   * @param office names the life of the process that leads: an epoch has one office only
   */
  public record Fence(long epoch, long office) {
    public Fence {
      requireEpoch(epoch);
    }
  }

  /** Asks whether these orders of a log were ever taken from stock here. */
  public record Verify(Claim claim, List<PurchaseRequest> orders) {
    public Verify {
      Require.present("claim", claim);
      Require.batch("orders", orders);
    }
  }

  /** How many of the orders asked about are known, up to the first that is not. */
  public record Verified(int known) {
    public Verified {
      Require.atLeast(0, "known", known);
    }
  }

  public record FindHolds(Claim claim, long olderThanMs) {
    public FindHolds {
      Require.present("claim", claim);
      Require.atLeast(0, "olderThanMs", olderThanMs);
    }
  }

  /** @param clockMs a reading of the catalog's clock, to be repeated with requests */
  public record Holds(List<PurchaseRequest> holds, long clockMs) {
    public Holds {
      Require.noNull("holds", holds);
      Require.atLeast(0, "clockMs", clockMs);
    }
  }

  public record Audit(List<ToyBooks> toys) {
    public Audit {
      Require.noNull("toys", toys);
    }
  }

  /** Nothing to say but that it is done. */
  public record Done() {}

  /** As many readings of the catalog's clock as there are purchases. */
  public static void requireSeen(List<PurchaseRequest> requests, List<Long> seenMs) {
    Require.batch("seenMs", seenMs);
    Require.that(seenMs.size() == requests.size(), "seenMs of so many", seenMs.size());
    for (long seen : seenMs) {
      Require.atLeast(0, "seenMs", seen);
    }
  }

  private static void requireEpoch(long epoch) {
    Require.that(epoch > Epochs.NONE && epoch <= Epochs.LAST, "epoch", epoch);
  }
}
