package toystore.stock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.Sessions.Session;

/** All toys: their stock, what of it may be known, and who must be told before. */
final class StockRoom {
  private final Map<String, ToyStock> toys;
  private final WriteDraft draft;
  private final long repushMs;
  private final Consumer<Invalidation> push;
  private final Set<ToyStock> unsettled = new LinkedHashSet<>(); // something of them is pending
  // Invariant: exactly the toys that are sold out. There may be a million others.
  private final Set<ToyStock> soldOut = new LinkedHashSet<>();
  // Invariant: the sum of the newest stock of all toys.
  private long stock;
  private long pushes;

  /**
   * @param draft gets the rows that change
   * @param push gets the news for sessions
   */
  StockRoom(
      Map<String, ToyStock> toys, WriteDraft draft, long repushMs, Consumer<Invalidation> push) {
    this.toys = toys;
    this.draft = draft;
    this.repushMs = repushMs;
    this.push = push;
    for (ToyStock toy : toys.values()) {
      stock += toy.newestStock();
      if (toy.isSoldOut()) {
        soldOut.add(toy);
      }
    }
  }

  private void noteWhetherSoldOut(ToyStock toy) {
    if (toy.isSoldOut()) {
      soldOut.add(toy);
    } else {
      soldOut.remove(toy);
    }
  }

  int size() {
    return toys.size();
  }

  List<String> names() {
    return List.copyOf(toys.keySet());
  }

  /** The toy of this name, or null. */
  ToyStock find(String name) {
    return toys.get(name);
  }

  /** The toy of this name, which the disk says there is. */
  ToyStock require(String name) {
    ToyStock toy = toys.get(name);
    if (toy == null) {
      throw new IllegalStateException("the ledger has an unknown toy: " + name);
    }
    return toy;
  }

  /** Takes units that are there, for the purchase of this ledger row. */
  PendingDecision take(ToyStock toy, int quantity, int row, long nowMs) {
    PendingDecision change = toy.take(quantity, row, draft.nextId());
    stock -= quantity;
    changed(toy, nowMs);
    return change;
  }

  /** Refuses the purchase of this ledger row. */
  PendingDecision refuse(ToyStock toy, int row) {
    unsettled.add(toy);
    return toy.refuse(row, draft.nextId());
  }

  /** Adds so many units to each toy that has none left; returns those toys. */
  List<ToyStock> restock(long units, long nowMs) {
    List<ToyStock> restocked = List.copyOf(soldOut);
    for (ToyStock toy : restocked) {
      toy.restock(units, draft.nextId());
      stock += units;
      changed(toy, nowMs);
    }
    return restocked;
  }

  /** What readers may see; the session, null for none, is noted with each copy it may keep. */
  List<ToyState> views(Session session, List<String> names) {
    List<ToyState> views = new ArrayList<>(names.size());
    for (String name : names) {
      ToyStock toy = toys.get(name);
      if (toy == null) {
        views.add(null);
        continue;
      }
      // A copy handed out during a change would be old the moment the change is acknowledged.
      boolean cacheable = session != null && !toy.isChanging();
      if (cacheable) {
        toy.copies.note(session);
      }
      views.add(toy.view(cacheable));
    }
    return views;
  }

  void acknowledge(long session, String name, long version) {
    ToyStock toy = toys.get(name);
    if (toy != null) {
      toy.copies.acknowledge(session, version);
    }
  }

  /** This session is over: it serves no copies any more. */
  void forget(Session session) {
    toys.values().forEach(toy -> toy.copies.forget(session));
  }

  /** Lets become known what may; each decision is passed on, those of one toy in order. */
  void release(long durableId, Consumer<PendingDecision> known) {
    for (var each = unsettled.iterator(); each.hasNext(); ) {
      ToyStock toy = each.next();
      for (PendingDecision next = toy.releaseNext(durableId);
          next != null;
          next = toy.releaseNext(durableId)) {
        known.accept(next);
      }
      if (!toy.hasPending()) {
        each.remove();
      }
    }
  }

  /** Tells those again who have been silent for too long. */
  void tellAgain(long nowMs) {
    for (ToyStock toy : unsettled) {
      if (toy.isChanging()) {
        tell(toy, nowMs);
      }
    }
  }

  long nextTellingMs() {
    long next = Long.MAX_VALUE;
    for (ToyStock toy : unsettled) {
      next = Math.min(next, toy.copies.nextRepushMs(repushMs));
    }
    return next;
  }

  int pendingChanges() {
    return unsettled.stream().mapToInt(ToyStock::pendingChanges).sum();
  }

  /** News sent so far, repeated ones counted again. */
  long pushes() {
    return pushes;
  }

  /** Units of all toys together, by their newest state. */
  long stock() {
    return stock;
  }

  /** Those of which least is there, so many at most, in their newest state; the first has least. */
  List<ToyRow> scarcest(int most) {
    Comparator<ToyStock> leastFirst =
        Comparator.comparingLong(ToyStock::newestStock).thenComparing(toy -> toy.position);
    PriorityQueue<ToyStock> scarcest = new PriorityQueue<>(leastFirst.reversed());
    for (ToyStock toy : toys.values()) {
      // By position: of two with the same stock the first one stays.
      if (scarcest.size() < most || toy.newestStock() < scarcest.element().newestStock()) {
        scarcest.add(toy);
        if (scarcest.size() > most) {
          scarcest.remove();
        }
      }
    }
    return scarcest.stream().sorted(leastFirst).map(ToyStock::row).toList();
  }

  private void changed(ToyStock toy, long nowMs) {
    draft.toy(toy);
    noteWhetherSoldOut(toy);
    unsettled.add(toy);
    tell(toy, nowMs);
  }

  private void tell(ToyStock toy, long nowMs) {
    toy.copies.tell(toy.newestVersion(), nowMs, repushMs, (session, version) -> {
      pushes++;
      push.accept(new Invalidation(session.id, session.address, toy.name, version));
    });
  }
}
