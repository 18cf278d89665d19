package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;
import toystore.replication.Entry;
import toystore.replication.OrderBook;
import toystore.stock.CatalogMessages.Fence;
import toystore.stock.CatalogMessages.FindHolds;
import toystore.stock.CatalogMessages.Reserve;

/** A leader and its purchases. The test plays the catalog and the log. */
abstract class PurchasesCase {
  static final long EPOCH = Epochs.of(7, 1);
  static final PurchaseSettings SETTINGS =
      new PurchaseSettings(8, 4, 1, 100, 2, 50, 70, 10, 30, 60, 1_000, 3);
  static final long OFFICE = 11;
  static final long RUN = 77;
  static final LogPosition LAST = new LogPosition(Epochs.of(6, 1), 4);
  static final PurchaseRequest TUX = new PurchaseRequest("k1", "Tux", 1);
  static final PurchaseRequest FOX = new PurchaseRequest("k2", "Fox", 2);

  final Map<String, Order> log = new HashMap<>();
  final OrderBook book = new OrderBook(1);
  final List<Entry> unapplied = new ArrayList<>();
  final LogOrders known = LogOrders.of(book, () -> unapplied);

  final Purchases purchases = new Purchases(SETTINGS, OFFICE, new LogOrders() {
    @Override
    public Optional<Order> byKey(String key) {
      return Optional.ofNullable(log.get(key));
    }

    @Override
    public Mark mark() {
      return known.mark();
    }

    @Override
    public LedgerComparison comparedWith(Mark catalogs, List<PurchaseRequest> proposed) {
      return known.comparedWith(catalogs, proposed);
    }
  });

  @BeforeEach
  void aReadingOfTheClockIsThere() {
    purchases.catalogClock(1);
  }

  static Fenced record(Mark mark) {
    return new Fenced(true, EPOCH, RUN, mark, List.of());
  }

  void makeReady() {
    elect();
    purchases.fenced(call(Fence.class).id(), agrees());
    purchases.established(EPOCH);
    purchases.take();
  }

  void elect() {
    purchases.elected(EPOCH, LAST);
  }

  Fenced agrees(PurchaseRequest... holds) {
    return new Fenced(true, EPOCH, RUN, known.mark(), List.of(holds));
  }

  void apply(PurchaseRequest request, long number) {
    log.put(request.key(), new Order(number, request.name(), request.quantity()));
    purchases.applied(request, number);
  }

  record Named(int name) implements Caller {
    @Override
    public void take(PurchaseAnswer answer) {}
  }

  void buy(int caller, PurchaseRequest request) {
    purchases.buy(new Named(caller), request, purchases.catalogClock());
  }

  static PurchaseAnswer number(int caller, long number) {
    return PurchaseAnswer.number(new Named(caller), number);
  }

  void reserved(ReserveOutcome... outcomes) {
    purchases.reserved(call(Reserve.class).id(), List.of(outcomes));
  }

  void ticks(int count) {
    for (int i = 0; i < count; i++) {
      purchases.tick();
    }
  }

  /** The only call of this kind that is to be made now. */
  <T> CatalogCall<T> call(Class<T> kind) {
    List<CatalogCall<T>> found = new ArrayList<>();
    for (CatalogCall<?> call : purchases.take().calls()) {
      if (kind.isInstance(call.question())) {
        found.add(new CatalogCall<>(call.id(), kind.cast(call.question())));
      }
    }
    assertEquals(1, found.size(), kind.getSimpleName());
    return found.get(0);
  }

  List<StoreError> errors() {
    return purchases.take().answers().stream().map(PurchaseAnswer::error).toList();
  }

  void answer(CatalogCall<?> call) {
    if (call.question() instanceof FindHolds) {
      purchases.holds(call.id(), List.of());
    } else {
      purchases.done(call.id());
    }
  }
}
