package toystore.desk;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import toystore.cache.ProductCache;
import toystore.cache.SessionKeeper;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.stock.Invalidation;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.VirtualProcess;

/** A front-end and its clients in virtual time: they buy, look up and read, and remember it all. */
final class ShopProcess extends VirtualProcess {
  private static final long NANOS_PER_MS = 1_000_000;
  private static final int TRY_MS = 3_000;
  private static final int LOSS = 60;

  private final Timeline timeline;
  private final Chance chance;
  private final int id;
  private final List<DeskProcess> desks;
  private final DeskPromises promises;
  private ProductCache<ToyState> cache;
  private SessionKeeper keeper;
  private int target;
  private int purchases;
  private boolean closing;

  ShopProcess(
      Timeline timeline, Chance chance, int id, List<DeskProcess> desks, DeskPromises promises) {
    super(timeline);
    this.timeline = timeline;
    this.chance = chance;
    this.id = id;
    this.desks = desks;
    this.promises = promises;
  }

  @Override
  protected void started() {
    cache = new ProductCache<>(10);
    keeper = new SessionKeeper(cache, 100);
    keepSession();
    visit();
  }

  @Override
  protected void stopped() {
    // Its cache is gone with it.
  }

  /** Nobody comes any more; who is here is served. */
  void close() {
    closing = true;
  }

  /** A desk calls copies back. */
  void invalidate(DeskProcess from, Invalidation news) {
    cache.invalidate(news.toy(), news.version());
    if (!chance.oneIn(LOSS)) {
      int life = from.life();
      timeline.after(delayMs(), () -> {
        if (from.life() == life) {
          from.receive(() -> from.acknowledged(
              news.session(), List.of(new ToyChange(news.toy(), news.version()))));
        }
      });
    }
  }

  private int delayMs() {
    return chance.oneIn(100) ? chance.below(600) : 1 + chance.below(3);
  }

  private void visit() {
    if (closing) {
      return;
    }
    after(2 + chance.below(20), this::visit);
    switch (chance.below(4)) {
      case 0 -> buy();
      case 1 -> find();
      default -> read(chance.oneIn(4) ? "Fox" : "Tux");
    }
  }

  private void buy() {
    String toy = chance.oneIn(4) ? "Fox" : "Tux";
    PurchaseRequest wanted =
        new PurchaseRequest("shop-" + id + "-" + ++purchases, toy, 1 + chance.below(2));
    promises.wants(wanted);
    tryToBuy(wanted, promises.acknowledged());
  }

  /** With the same key, until there is an answer. */
  private void tryToBuy(PurchaseRequest wanted, long acknowledgedBefore) {
    call((core, token) -> core.buy(token, wanted, 0, timeline.now()), (answer, refusal) -> {
      if (answer != null) {
        promises.bought(wanted, (Long) answer, acknowledgedBefore);
      } else if (refusal.error() == StoreError.OUT_OF_STOCK) {
        promises.refused(wanted);
      } else {
        after(20, () -> tryToBuy(wanted, acknowledgedBefore));
      }
    });
  }

  private void find() {
    long acknowledged = promises.acknowledged();
    long number = chance.below((int) acknowledged + 2);
    call((core, token) -> core.find(token, number, timeline.now()), (answer, refusal) -> {
      if (answer != null) {
        promises.found((Order) answer);
      } else if (refusal.error() == StoreError.ORDER_NOT_FOUND) {
        promises.absent(number, acknowledged);
      }
    });
  }

  private void read(String toy) {
    DeskPromises.Reading reading = promises.readingBegins(toy);
    ToyState cached = cache.find(toy, nanos());
    if (cached != null) {
      promises.readingEnds(reading, cached.quantity(), "cached");
      return;
    }
    ProductCache.Ticket ticket = cache.beginLoad(toy);
    long session = cache.session();
    call(
        (core, token) -> core.read(token, session, List.of(toy), timeline.now()),
        (answer, refusal) -> {
          if (answer != null) {
            ToyState state = ((Toys) answer).toys().get(0);
            cache.finishLoad(ticket, state.version(), state.cacheable(), state);
            promises.readingEnds(reading, state.quantity(), "read");
          }
        });
  }

  private long nanos() {
    return timeline.now() * NANOS_PER_MS;
  }

  private void keepSession() {
    after(10, this::keepSession);
    switch (keeper.tick(nanos())) {
      case NONE -> {}
      case HELLO -> session((core, token) -> core.hello(token, id, "" + id, timeline.now()));
      case RENEW -> {
        long session = cache.session();
        session((core, token) -> core.renew(token, session, timeline.now()));
      }
    }
  }

  private void session(BiFunction<DeskCore, Long, DeskEffects> question) {
    call(question, (answer, refusal) -> {
      if (answer != null) {
        keeper.granted(((Lease) answer).session(), ((Lease) answer).leaseMs());
      } else if (refusal.error() == StoreError.SESSION_EXPIRED) {
        keeper.refused();
      } else {
        keeper.unanswered();
      }
    });
  }

  /** Asks a desk: the other one next time, where this one has no answer. It is answered once. */
  private void call(
      BiFunction<DeskCore, Long, DeskEffects> question, BiConsumer<Object, StoreException> answer) {
    DeskProcess desk = desks.get(target);
    boolean[] over = {false};
    BiConsumer<Object, StoreException> once = (found, refusal) -> {
      if (!over[0]) {
        over[0] = true;
        if (refusal != null && refusal.error() == StoreError.NOT_LEADER) {
          target = 1 - target;
        }
        answer.accept(found, refusal);
      }
    };
    after(TRY_MS, () -> {
      if (!over[0]) {
        target = chance.oneIn(2) ? target : 1 - target;
      }
      once.accept(null, new StoreException(StoreError.UNAVAILABLE, "no answer"));
    });
    if (!desk.isUp()) {
      // Nobody listens there.
      after(1, () -> {
        target = over[0] ? target : 1 - target;
        once.accept(null, new StoreException(StoreError.UNAVAILABLE, "nobody listens"));
      });
    } else if (!chance.oneIn(LOSS)) {
      int life = desk.life();
      timeline.after(delayMs(), () -> {
        if (desk.life() == life) {
          desk.receive(() -> desk.ask(question, (found, refusal) -> {
            if (!chance.oneIn(LOSS)) {
              after(delayMs(), () -> once.accept(found, refusal));
            }
          }));
        }
      });
    }
  }
}
