package toystore.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.ToyState;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Violation;

/** Buyers who insist, readers, and people who look orders up. */
final class Clients {
  private static final int RETRY_MS = 40;
  private static final List<String> TOYS = List.of(CatalogProcess.TUX, CatalogProcess.FOX);

  /** One purchase, until its outcome is known. */
  private static final class Buyer {
    final PurchaseRequest purchase;
    /** Whether another body was sent with this key too. */
    final boolean contested;

    boolean done;
    boolean ordered;

    Buyer(PurchaseRequest purchase, boolean contested) {
      this.purchase = purchase;
      this.contested = contested;
    }
  }

  private final World world;
  private final Chance chance;
  private final List<Buyer> buyers = new ArrayList<>();
  private int done;
  private int readsAfterHealing;
  private int queriesAfterHealing;

  Clients(World world) {
    this.world = world;
    this.chance = world.chance;
  }

  void begin() {
    int span = world.plan.faultyMs() * 9 / 10;
    for (int i = 0; i < world.plan.purchases(); i++) {
      String toy =
          chance.oneIn(30) ? "Unicorn" : chance.oneIn(3) ? CatalogProcess.FOX : CatalogProcess.TUX;
      PurchaseRequest purchase = new PurchaseRequest("k" + i, toy, chance.between(1, 3));
      boolean contested = chance.oneIn(20);
      come(new Buyer(purchase, contested), span);
      if (contested) {
        PurchaseRequest other = new PurchaseRequest(purchase.key(), toy, purchase.quantity() + 1);
        come(new Buyer(other, true), span);
      }
    }
    readOften();
    lookUpOften();
  }

  private void come(Buyer buyer, int span) {
    buyers.add(buyer);
    world.promises.wants(buyer.purchase.key());
    world.timeline.after(chance.below(span), () -> insist(buyer));
    if (chance.oneIn(6)) {
      world.timeline.after(chance.below(span), () -> insist(buyer));
    }
  }

  /** Buys, at any front-end and always with the same key, until told. */
  private void insist(Buyer buyer) {
    FrontEnd frontEnd = anyFrontEnd();
    if (frontEnd == null) {
      again(buyer);
      return;
    }
    world.trace.note("client", () -> "buys at " + frontEnd + ": " + buyer.purchase);
    world.promises.asks(buyer.purchase);
    frontEnd.receive(() -> frontEnd
        .buy(buyer.purchase)
        .onComplete(answer -> tell(() -> {
          long number = answer.succeeded() ? answer.result() : -1;
          StoreError error = errorOf(answer.cause());
          world.trace.note(
              "client",
              () -> buyer.purchase + (error == null ? " is order " + number : ": " + error));
          told(buyer, number, error);
        })));
    if (frontEnd.isPaused()) {
      again(buyer);
    }
  }

  /** What is thrown on the way of a future could be taken for that future's failure. */
  private void tell(Runnable client) {
    try {
      client.run();
    } catch (Violation | UnnoticedException first) {
      throw world.broken(first);
    }
  }

  /** Null for none; anything but an expected failure is a broken rule. */
  private static StoreError errorOf(Throwable failure) {
    if (failure != null && !(failure instanceof StoreException)) {
      throw new Violation("a client is told: " + failure, failure);
    }
    return failure == null ? null : ((StoreException) failure).error();
  }

  private void again(Buyer buyer) {
    world.timeline.after(1 + chance.below(RETRY_MS), () -> {
      if (!buyer.done) {
        insist(buyer);
      }
    });
  }

  private void told(Buyer buyer, long number, StoreError error) {
    PurchaseRequest purchase = buyer.purchase;
    if (error == null) {
      world.promises.told(purchase, number);
      buyer.ordered = true;
    } else if (error == StoreError.OUT_OF_STOCK) {
      world.promises.refused(purchase);
    } else if (error == StoreError.KEY_REUSED && !buyer.contested
        || error == StoreError.TOY_NOT_FOUND && !purchase.name().equals("Unicorn")) {
      throw new Violation(purchase + " is answered " + error);
    } else if (error == StoreError.UNAVAILABLE && world.plan.stuckDisk()) {
      throw new Violation(purchase + " is refused though a majority is well");
    } else if (error == StoreError.UNAVAILABLE) {
      again(buyer);
      return;
    }
    if (!buyer.done) {
      buyer.done = true;
      done++;
      if (chance.oneIn(5)) {
        world.timeline.after(chance.below(200), () -> insist(buyer));
      }
    }
  }

  private FrontEnd anyFrontEnd() {
    FrontEnd one = world.frontEnds.get(chance.below(world.frontEnds.size()));
    return one.isUp() ? one : null;
  }

  private void readOften() {
    world.timeline.after(1 + chance.below(16), () -> {
      if (!world.isOver()) {
        read();
        readOften();
      }
    });
  }

  private void read() {
    FrontEnd frontEnd = anyFrontEnd();
    if (frontEnd == null || frontEnd.isPaused()) {
      return;
    }
    String toy = chance.oneIn(3) ? CatalogProcess.FOX : CatalogProcess.TUX;
    boolean all = chance.oneIn(8);
    Map<String, Long> atLeast = new HashMap<>();
    (all ? TOYS : List.of(toy)).forEach(one -> atLeast.put(one, world.promises.toldVersion(one)));
    boolean counts = world.isCalm();
    frontEnd
        .read(toy, all)
        .onComplete(answer -> tell(() -> {
          StoreError error = errorOf(answer.cause());
          if (error == null) {
            wasRead(answer.result(), atLeast);
            readsAfterHealing += counts ? 1 : 0;
          } else if (error != StoreError.UNAVAILABLE) {
            throw new Violation(toy + " is read, and answered " + error);
          }
        }));
  }

  private void wasRead(List<ToyState> toys, Map<String, Long> atLeast) {
    world.trace.note("client", () -> "reads " + toys);
    if (toys.size() != atLeast.size()) {
      throw new Violation(toys + " is the answer to " + atLeast.keySet());
    }
    toys.forEach(toy -> world.promises.read(toy, atLeast.get(toy.name())));
  }

  private void lookUpOften() {
    world.timeline.after(1 + chance.below(40), () -> {
      if (!world.isOver()) {
        lookUp();
        lookUpOften();
      }
    });
  }

  private void lookUp() {
    FrontEnd frontEnd = anyFrontEnd();
    if (frontEnd == null || frontEnd.isPaused()) {
      return;
    }
    long highest = world.promises.highestTold();
    // Often the next one, which may or may not exist.
    long number = chance.oneIn(2) ? highest + 1 : chance.below((int) highest + 2);
    boolean counts = world.isCalm();
    frontEnd
        .find(number)
        .onComplete(answer -> tell(() -> {
          StoreError error = errorOf(answer.cause());
          found(number, highest, answer.result(), error);
          queriesAfterHealing += counts && error != StoreError.UNAVAILABLE ? 1 : 0;
        }));
  }

  private void found(long number, long highestBefore, Order order, StoreError error) {
    world.trace.note("client", () -> "looks up " + number + ": " + (error == null ? order : error));
    if (error == null) {
      world.promises.found(order, number);
    } else if (error == StoreError.ORDER_NOT_FOUND) {
      world.promises.absent(number, highestBefore);
    }
  }

  /** All who buy know their outcome, and reading and looking up work again. */
  boolean areServed() {
    return done == buyers.size() && readsAfterHealing > 0 && queriesAfterHealing > 0;
  }

  String text() {
    return done + " of " + buyers.size() + " purchases have an outcome, reads=" + readsAfterHealing
        + " queries=" + queriesAfterHealing;
  }
}
