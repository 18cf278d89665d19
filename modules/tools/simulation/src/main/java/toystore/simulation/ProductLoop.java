package toystore.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import toystore.cache.ProductCache;
import toystore.cache.ProductCache.Ticket;
import toystore.cache.SessionKeeper;
import toystore.cache.SessionKeeper.Request;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.FrontEndMessages.ToyChange;

/** One event loop's cache, the session that guards it, and the fills from the catalog. */
final class ProductLoop {
  /** One place less than there are toys. */
  private static final int CAPACITY = 1;

  private static final int MAX_FILLS = 8;

  /** Where a reader goes on; null for no answer. */
  interface Reader {
    void read(ToyState state);
  }

  private record Waiting(String toy, long untilMs, Reader reader) {}

  private final FrontEnd frontEnd;
  private final World world;
  private final int number;
  private final ProductCache<ToyState> cache;
  private final SessionKeeper keeper;
  private List<Waiting> waiting = new ArrayList<>();
  private List<Waiting> filling = new ArrayList<>();
  private boolean fillInFlight;

  ProductLoop(FrontEnd frontEnd, int number) {
    this.frontEnd = frontEnd;
    this.world = frontEnd.world;
    this.number = number;
    this.cache = new ProductCache<>(world.chance.between(CAPACITY, 2));
    this.keeper = new SessionKeeper(cache, Times.CHECK_MS);
  }

  void read(String toy, Reader reader) {
    ToyState kept = world.plan.cached() ? cache.find(toy, frontEnd.clockNanos()) : null;
    if (kept != null) {
      world.trace.note(frontEnd, () -> "loop " + number + " has in its cache " + kept);
      reader.read(kept);
      return;
    }
    waiting.add(new Waiting(toy, frontEnd.clockMs() + Times.REQUEST_TIMEOUT_MS, reader));
    fill();
  }

  private void fill() {
    if (fillInFlight || waiting.isEmpty()) {
      return;
    }
    fillInFlight = true;
    filling = waiting;
    waiting = new ArrayList<>();
    Set<String> wanted = new LinkedHashSet<>();
    filling.forEach(one -> wanted.add(one.toy()));
    List<String> names = wanted.size() > MAX_FILLS ? List.of() : List.copyOf(wanted);
    Map<String, Ticket> tickets = new HashMap<>();
    names.forEach(name -> tickets.put(name, cache.beginLoad(name)));
    long session = world.plan.cached() ? cache.session() : 0;
    world.network.<CatalogProcess.Answer>call(
        frontEnd,
        world.catalog,
        "Read",
        Times.READ_TIMEOUT_MS,
        call -> world.catalog.read(session, names, call),
        (answer, failure) -> {
          fillInFlight = false;
          if (answer != null && answer.body() instanceof Toys toys) {
            filled(toys.toys(), tickets);
          } else {
            waiting.addAll(filling);
          }
        });
  }

  private void filled(List<ToyState> toys, Map<String, Ticket> tickets) {
    for (ToyState toy : toys) {
      Ticket ticket = tickets.get(toy.name());
      cache.finishLoad(ticket, toy.version(), toy.cacheable(), toy);
    }
    List<Waiting> served = filling;
    filling = new ArrayList<>();
    for (Waiting one : served) {
      toys.stream().filter(toy -> toy.name().equals(one.toy())).forEach(toy -> one.reader()
          .read(toy));
    }
    fill();
  }

  void tick() {
    long nowMs = frontEnd.clockMs();
    List<Waiting> over = waiting.stream().filter(one -> one.untilMs() <= nowMs).toList();
    waiting.removeAll(over);
    over.forEach(one -> one.reader().read(null));
    fill();
    if (world.plan.cached()) {
      keepSession();
    }
  }

  private void keepSession() {
    long sentNanos = frontEnd.clockNanos();
    Request request = keeper.tick(sentNanos);
    if (request == Request.NONE) {
      return;
    }
    long session = cache.session();
    world.network.<CatalogProcess.Answer>call(
        frontEnd,
        world.catalog,
        request.name(),
        Times.PING_TIMEOUT_MS,
        call -> {
          if (request == Request.HELLO) {
            world.catalog.hello(frontEnd.id - 1 + ":" + number, call);
          } else {
            world.catalog.renew(session, call);
          }
        },
        (answer, failure) -> {
          if (answer != null && answer.body() instanceof Lease granted) {
            keeper.granted(granted.session(), granted.leaseMs());
          } else if (answer != null && answer.error() == StoreError.SESSION_EXPIRED) {
            keeper.refused();
          } else {
            keeper.unanswered();
          }
        });
  }

  void invalidate(ToyChange change) {
    cache.invalidate(change.name(), change.version());
  }

  /** The process has ended: whoever waits learns nothing. */
  void lost() {
    waiting.forEach(one -> one.reader().read(null));
    filling.forEach(one -> one.reader().read(null));
    waiting.clear();
    filling = new ArrayList<>();
  }
}
