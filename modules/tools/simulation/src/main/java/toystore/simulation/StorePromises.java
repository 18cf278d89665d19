package toystore.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogState;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.Refusal;
import toystore.stock.ToyRow;
import toystore.virtualtime.Violation;

/** What clients and readers were told, and the checks that they are told nothing else later. */
final class StorePromises {
  private static final int MAX_VERSIONS = 1 << 16;

  /** A toy as the catalog has decided so far, durable or not; and what it was at each version. */
  private static final class Shelf {
    final Map<Long, Long> stockAt = new HashMap<>();
    long stock;
    long version;
    long told;

    void becomes(long newVersion, long newStock) {
      version = newVersion;
      stock = newStock;
      stockAt.put(newVersion, newStock);
      if (stockAt.size() > MAX_VERSIONS) {
        throw new IllegalStateException("a schedule that never ends");
      }
    }
  }

  private final World world;
  private final Map<String, Shelf> shelves = new HashMap<>();
  private final Map<String, Long> versionOf = new HashMap<>();
  private final Map<String, Long> numberTold = new HashMap<>();
  /** What was refused, and not asked for since. */
  private final Set<PurchaseRequest> refused = new HashSet<>();

  /** When it was decided last, durably or not. */
  private final Map<PurchaseRequest, Long> refusedAt = new HashMap<>();

  private final Map<PurchaseRequest, Long> toldRefusedAt = new HashMap<>();
  private final Map<PurchaseRequest, Long> askedAt = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();
  private long highestTold = -1;

  StorePromises(World world) {
    this.world = world;
  }

  private Shelf shelf(String toy) {
    return shelves.computeIfAbsent(toy, name -> new Shelf());
  }

  /** What a crash has lost was never decided. */
  void catalogStarts(CatalogState disk) {
    for (ToyRow toy : disk.toys()) {
      shelf(toy.name()).becomes(toy.version(), toy.stock());
    }
  }

  /** The catalog has decided on keys and stock, and is about to make it durable. */
  void decides(CatalogWrite write) {
    // Which refusal came after which change in one write is not told: they count as before all.
    Map<String, Long> versionBefore = new HashMap<>();
    shelves.forEach((toy, shelf) -> versionBefore.put(toy, shelf.version));
    write.ledger().forEach(this::holds);
    for (Refusal refusal : write.refused()) {
      Shelf shelf = shelf(refusal.toy());
      refusedAt.put(
          new PurchaseRequest(refusal.key(), refusal.toy(), refusal.quantity()),
          world.timeline.now());
      if (isRenewed(refusal, write.forgotten())) {
        continue;
      }
      if (refusal.quantity() <= shelf.stock) {
        throw new Violation(refusal + ", and " + shelf.stock + " are there");
      }
      versionOf.put(refusal.key(), versionBefore.getOrDefault(refusal.toy(), shelf.version));
    }
    for (ToyRow toy : write.toys()) {
      Shelf shelf = shelf(toy.name());
      boolean moved = shelf.version == toy.version();
      if (moved && shelf.stock != toy.stock()) {
        throw new Violation(toy + " should have " + shelf.stock);
      }
      if (toy.stock() < 0) {
        throw new Violation(toy + " is oversold");
      }
      shelf.becomes(toy.version(), toy.stock());
    }
  }

  /** Stock was taken for this key: no refusal of a moment before may have been told. */
  private void holds(LedgerRow row) {
    Shelf shelf = shelf(row.toy());
    shelf.becomes(shelf.version + 1, shelf.stock - row.quantity());
    PurchaseRequest purchase = new PurchaseRequest(row.key(), row.toy(), row.quantity());
    Long refusedAtMs = toldRefusedAt.get(purchase);
    if (refusedAtMs != null && world.timeline.now() - refusedAtMs < Times.REFUSAL_MS / 2) {
      if (world.timeTravel.catalogWentBack()) {
        throw new UnnoticedException(purchase + " was refused, which the catalog has forgotten");
      }
      throw new Violation(purchase + " is held, and was refused a moment before");
    }
    versionOf.put(row.key(), shelf.version);
  }

  /** Told again while it counted: no new decision. */
  private static boolean isRenewed(Refusal refusal, List<Refusal> before) {
    return before.stream()
        .anyMatch(old ->
            old.key().equals(refusal.key()) && refusal.atMs() - old.atMs() < Times.REFUSAL_MS);
  }

  /** Somebody asks for this now: whatever was told before, it may be sold. */
  void asks(PurchaseRequest purchase) {
    refused.remove(purchase);
    askedAt.put(purchase, world.timeline.now());
  }

  /** Somebody will buy with this key. */
  void wants(String key) {
    wanted.add(key);
  }

  /** A committed purchase has become an order. */
  void ordered(PurchaseRequest purchase) {
    if (refused.contains(purchase)) {
      if (world.timeTravel.catalogWentBack()) {
        throw new UnnoticedException(purchase + " was refused, which the catalog has forgotten");
      }
      throw new Violation(purchase + " was refused, and becomes an order");
    }
    if (!wanted.contains(purchase.key())) {
      throw new Violation(purchase + " becomes an order, and nobody has asked for it");
    }
  }

  /** A client is told the number of his order. */
  void told(PurchaseRequest purchase, long number) {
    if (number >= world.log.orders().size()
        || !world.log.orders().get((int) number).equals(purchase)) {
      throw new Violation(purchase + " is said to be order " + number + ", which is "
          + (number < world.log.orders().size() ? world.log.orders().get((int) number) : "none"));
    }
    Long before = numberTold.putIfAbsent(purchase.key(), number);
    if (before != null && before != number) {
      throw new Violation(purchase + " was order " + before + ", and is said to be " + number);
    }
    LedgerState decided = decision(purchase);
    if (!world.timeTravel.catalogWentBack()
        && decided != LedgerState.HELD
        && decided != LedgerState.SOLD) {
      throw new Violation(purchase + " is order " + number + ", but the books say " + decided);
    }
    highestTold = Math.max(highestTold, number);
    known(purchase);
  }

  /** A client is told that there is too little of what he wants. */
  void refused(PurchaseRequest purchase) {
    if (purchase.quantity() > world.plan.stock()) {
      return; // There never were, and never will be, so many: nothing is remembered of it.
    }
    // The answer may have slept in a front-end that hung. An order by now may come of a later
    // question only, which was asked before this answer came; so may one that is still to come.
    boolean isAskedAnew = askedAt.get(purchase) - refusedAt.get(purchase) >= Times.NEW_QUESTION_MS;
    if (!isAskedAnew && !world.log.isOrdered(purchase.key())) {
      refused.add(purchase);
    }
    toldRefusedAt.put(purchase, refusedAt.get(purchase));
    if (!world.catalog.disk().wasRefused(purchase.key()) && !world.timeTravel.catalogWentBack()) {
      throw new Violation(purchase + " is refused, but the books say " + decision(purchase));
    }
    known(purchase);
  }

  /** What is decided, durably, on this purchase; null for nothing. */
  private LedgerState decision(PurchaseRequest purchase) {
    return world.catalog.disk().decision(purchase.key());
  }

  private void known(PurchaseRequest purchase) {
    Shelf shelf = shelf(purchase.name());
    shelf.told = Math.max(shelf.told, versionOf.get(purchase.key()));
  }

  /** The newest version of this toy that anybody was told of. */
  long toldVersion(String toy) {
    return shelf(toy).told;
  }

  /** The highest order number that anybody was told. */
  long highestTold() {
    return highestTold;
  }

  /** A reader is answered, who began when this was the newest version told. */
  void read(ToyState state, long atLeast) {
    if (world.timeTravel.catalogWentBack()) {
      return; // Until a leader has noticed, an older catalog shows older stock.
    }
    Shelf shelf = shelf(state.name());
    if (state.version() < atLeast) {
      throw new Violation(
          state + " is read, though version " + atLeast + " was known before the question");
    }
    if (shelf.stockAt.getOrDefault(state.version(), -1L) != state.quantity()) {
      throw new Violation(state + " never was");
    }
    shelf.told = Math.max(shelf.told, state.version());
  }

  void found(Order order, long asked) {
    if (order.number() != asked || asked >= world.log.orders().size()) {
      throw new Violation("order " + asked + " is said to be " + order);
    }
    PurchaseRequest purchase = world.log.orders().get((int) asked);
    if (!purchase.name().equals(order.name()) || purchase.quantity() != order.quantity()) {
      throw new Violation(order + " should be " + purchase);
    }
    highestTold = Math.max(highestTold, asked);
  }

  /** An order is said not to exist, when this was the highest number told before the question. */
  void absent(long number, long highestToldBefore) {
    if (number <= highestToldBefore) {
      throw new Violation("404 for order " + number + ", though " + highestToldBefore
          + " was known before the question");
    }
  }
}
