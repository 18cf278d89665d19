package toystore.purchase;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import toystore.model.Epochs;
import toystore.model.Fenced;
import toystore.model.LogPosition;
import toystore.model.Mark;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.model.StoreError;
import toystore.purchase.ModelCatalog.Mutant;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.OrderBook;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.Verify;

/**
 * Clients, leaders one after the other, and a catalog, with calls lost, late and repeated. The log
 * is a list: what a leader has proposed is committed from its front; a new leader adopts as much of
 * the rest as chance will.
 */
final class PurchasesSimulation {
  private static final PurchaseSettings SETTINGS =
      new PurchaseSettings(5, 3, 2, 40, 1, 10, 10, 3, 6, 12, 1, 2);
  private static final int KEYS = 6;
  private static final int FAULTY_EVENTS = 250;
  private static final int CALM_ROUNDS = 400;
  private static final int LATE_ROUNDS = 40;

  /** A call on its way to the catalog, or, once it has an answer, on its way back. */
  private record Flight(Leader leader, CatalogCall<?> call, boolean executed, Object answer) {}

  private final Random random;
  private final Mutant mutant;
  private final ModelCatalog catalog;
  private final List<PurchaseRequest> log = new ArrayList<>();
  private final List<Leader> leaders = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private final List<PurchaseRequest> wishes = new ArrayList<>();
  private final Map<String, Long> told = new TreeMap<>();
  private final Map<String, StoreError> refused = new TreeMap<>();

  PurchasesSimulation(long seed, Mutant mutant) {
    this.random = new Random(seed);
    this.mutant = mutant;
    this.catalog = new ModelCatalog(mutant);
    catalog.putIn("Tux", 4);
    catalog.putIn("Fox", 1);
    for (int i = 0; i < KEYS; i++) {
      wishes.add(new PurchaseRequest("k" + i, i % 3 == 0 ? "Fox" : "Tux", 1 + random.nextInt(2)));
    }
    changeLeader();
  }

  /** Runs it; null when all promises were kept, else what was broken. */
  String run() {
    for (int event = 0; event < FAULTY_EVENTS; event++) {
      act(random.nextInt(100));
      String broken = check();
      if (broken != null) {
        return broken;
      }
    }
    calmDown();
    return checkAtRest();
  }

  private void act(int chance) {
    if (chance < 25) {
      buy(wishes.get(random.nextInt(KEYS)), random.nextInt(10) == 0 ? anyLeader() : leader());
    } else if (chance < 55 && !flights.isEmpty()) {
      fly(flights.remove(random.nextInt(flights.size())));
    } else if (chance < 75) {
      commit();
    } else if (chance < 77) {
      changeLeader();
    } else if (chance < 79) {
      anyZombieLearns();
    } else if (chance < 81) {
      catalog.putIn(random.nextBoolean() ? "Tux" : "Fox", 1);
    } else {
      anyLeader().purchases.tick();
    }
    carryOut();
  }

  private record Buyer(String key) implements Caller {
    @Override
    public void take(PurchaseAnswer answer) {}
  }

  private void buy(PurchaseRequest wish, Leader leader) {
    leader.purchases.buy(new Buyer(wish.key()), wish, leader.purchases.catalogClock());
  }

  private void fly(Flight flight) {
    int fate = random.nextInt(10);
    if (flight.executed) {
      if (fate < 8) {
        flight.leader.hear(flight.call, flight.answer);
      } else {
        flight.leader.purchases.failed(flight.call.id(), false, "refused");
      }
    } else if (fate < 6) {
      flights.add(new Flight(flight.leader, flight.call, true, catalog.carryOut(flight.call)));
    } else if (fate < 7) {
      flight.leader.purchases.failed(flight.call.id(), false, "refused");
    } else {
      // Given up, or repeated by the network: a copy arrives later.
      flights.add(flight);
      if (fate == 7) {
        flight.leader.purchases.failed(flight.call.id(), false, "refused");
      } else {
        catalog.carryOut(flight.call);
      }
    }
  }

  private void commit() {
    Leader leader = leader();
    if (!leader.pending.isEmpty()) {
      log.add(leader.pending.remove(0));
      leader.applyAll();
    }
  }

  private void changeLeader() {
    if (!leaders.isEmpty()) {
      List<PurchaseRequest> pending = leader().pending;
      log.addAll(pending.subList(0, random.nextInt(pending.size() + 1)));
    }
    Leader next = new Leader(Epochs.of(leaders.size() + 1, 1));
    leaders.add(next);
    next.applyAll();
    next.purchases.elected(next.epoch, LogPosition.START);
  }

  private void anyZombieLearns() {
    Leader any = anyLeader();
    if (any != leader()) {
      any.purchases.lostOffice();
    }
  }

  private Leader leader() {
    return leaders.get(leaders.size() - 1);
  }

  private Leader anyLeader() {
    return leaders.get(random.nextInt(leaders.size()));
  }

  private void carryOut() {
    for (Leader leader : leaders) {
      PurchaseEffects effects = leader.purchases.take();
      effects.calls().forEach(call -> flights.add(new Flight(leader, call, false, null)));
      effects.tell().forEach(leader::told);
      leader.pending.addAll(effects.propose());
      effects.answers().forEach(this::answer);
    }
  }

  private void answer(PurchaseAnswer answer) {
    String key = ((Buyer) answer.caller()).key();
    if (answer.error() == null) {
      told.putIfAbsent(key, answer.number());
      if (told.get(key) != answer.number()) {
        refused.put(key, StoreError.KEY_REUSED);
      }
    } else if (answer.error() == StoreError.OUT_OF_STOCK) {
      refused.put(key, answer.error());
    }
  }

  /** No more faults; late copies arrive, and the clients insist. */
  private void calmDown() {
    for (int round = 0; round < CALM_ROUNDS && !(round > LATE_ROUNDS && isAtRest()); round++) {
      for (Flight flight : List.copyOf(flights)) {
        flights.remove(flight);
        Object answer = flight.executed ? flight.answer : catalog.carryOut(flight.call);
        flight.leader.hear(flight.call, answer);
      }
      while (!leader().pending.isEmpty()) {
        commit();
      }
      for (PurchaseRequest wish : wishes) {
        if (!told.containsKey(wish.key()) && !refused.containsKey(wish.key())) {
          buy(wish, leader());
        }
      }
      leader().purchases.tick();
      carryOut();
    }
  }

  private boolean isAtRest() {
    return told.size() + refused.size() == KEYS && catalog.heldCount() == 0;
  }

  private String check() {
    List<PurchaseRequest> orders = leader().book;
    if (orders.stream().map(PurchaseRequest::key).distinct().count() != orders.size()) {
      return "a key became two orders";
    }
    if (!catalog.isBalanced()) {
      return "stock was oversold or leaked";
    }
    for (PurchaseRequest order : orders) {
      if (refused.containsKey(order.key())) {
        return order.key() + " was refused or numbered anew, and ordered";
      }
    }
    for (Map.Entry<String, Long> number : told.entrySet()) {
      if (!orders.get(number.getValue().intValue()).key().equals(number.getKey())) {
        return number.getKey() + " is not order " + number.getValue();
      }
    }
    return null;
  }

  private String checkAtRest() {
    String broken = check();
    if (broken != null) {
      return broken;
    }
    if (catalog.heldCount() > 0) {
      return "something is held at rest";
    }
    if (told.size() + refused.size() != KEYS) {
      return "somebody got no answer: told=" + told + " refused=" + refused;
    }
    Map<String, Integer> ordered = new TreeMap<>();
    leader().book.forEach(o -> ordered.merge(o.name(), o.quantity(), Integer::sum));
    return ordered.equals(catalog.taken()) ? null : "taken is not what was ordered";
  }

  /** One replica in one office; it goes on as a zombie when the next one leads. */
  private final class Leader {
    private final long epoch;
    private final List<PurchaseRequest> pending = new ArrayList<>();
    private final List<PurchaseRequest> book = new ArrayList<>();
    private final OrderBook marks = new OrderBook(1);
    private final LogOrders known = LogOrders.of(marks, List::of);
    private final Purchases purchases = new Purchases(SETTINGS, 1, new LogOrders() {
      @Override
      public Optional<Order> byKey(String key) {
        return find(key);
      }

      @Override
      public Mark mark() {
        return known.mark();
      }

      @Override
      public LedgerComparison comparedWith(Mark catalogs) {
        return known.comparedWith(catalogs);
      }
    });
    private int applied;

    Leader(long epoch) {
      this.epoch = epoch;
    }

    private Optional<Order> find(String key) {
      for (int number = 0; number < book.size() && mutant != Mutant.NO_DEDUP; number++) {
        PurchaseRequest order = book.get(number);
        if (order.key().equals(key)) {
          return Optional.of(new Order(number, order.name(), order.quantity()));
        }
      }
      return Optional.empty();
    }

    void told(Input input) {
      if (input instanceof Input.LogVerified) {
        purchases.established(epoch);
      }
    }

    void applyAll() {
      for (; applied < log.size(); applied++) {
        PurchaseRequest purchase = log.get(applied);
        if (find(purchase.key()).isEmpty()) {
          book.add(purchase);
          marks.apply(Entry.of(applied + 1L, epoch, purchase));
          purchases.applied(purchase, book.size() - 1);
        }
      }
    }

    @SuppressWarnings("unchecked")
    void hear(CatalogCall<?> call, Object answer) {
      if (answer == null) {
        purchases.fencedOff(call.id());
      } else if (call.question() instanceof Reserve) {
        purchases.reserved(call.id(), (List<ReserveOutcome>) answer);
      } else if (answer instanceof Fenced fenced) {
        purchases.fenced(call.id(), fenced);
      } else if (call.question() instanceof Verify) {
        purchases.verified(call.id(), (int) answer);
      } else if (answer instanceof List) {
        purchases.holds(call.id(), (List<PurchaseRequest>) answer);
      } else {
        purchases.done(call.id());
      }
    }
  }
}
