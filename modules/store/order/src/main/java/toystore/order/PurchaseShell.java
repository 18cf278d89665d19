package toystore.order;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import toystore.edge.CallFailure;
import toystore.edge.Loop;
import toystore.model.Fenced;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.Caller;
import toystore.purchase.CatalogCall;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.PurchaseEffects;
import toystore.purchase.PurchaseEffects.PurchaseAnswer;
import toystore.purchase.Purchases;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.Settle;
import toystore.stock.CatalogMessages.Verified;

/**
 * Runs {@link Purchases}: feeds it what happens, and once in a turn of the event loop does what it
 * wants done, so that all that came in one turn goes out together. A turn that fails, or an answer
 * of the catalog that breaks a rule, ends the process as a failed step does. Owned by one event
 * loop.
 */
public final class PurchaseShell implements ReplicaShell.StepListener {
  private final Loop loop;
  private final int id;
  private final ReplicaShell replica;
  private final Purchases purchases;
  private final CatalogPort catalog;
  private final ReplicaObserver observer;
  private long tookOfficeNanos;
  private boolean inOffice;
  private boolean wasReady;
  // Invariant: whatever was fed to the purchases since the last turn has a turn that is due.
  private boolean turnIsDue;

  public PurchaseShell(
      Loop loop,
      int id,
      ReplicaShell replica,
      Purchases purchases,
      CatalogPort catalog,
      ReplicaObserver observer) {
    this.loop = loop;
    this.id = id;
    this.replica = replica;
    this.purchases = purchases;
    this.catalog = catalog;
    this.observer = observer;
  }

  /** The last reading of the catalog's clock, 0 for none. */
  public long catalogClock() {
    return purchases.catalogClock();
  }

  public Purchases.PurchaseStatus status() {
    return purchases.status();
  }

  /**
   * Buys all these.
   *
   * @param seenMs for each a reading of the catalog's clock, of before any front-end saw it
   * @return one outcome for each, in order; fails with NOT_LEADER when this replica does not lead,
   *     or ceases to: the caller asks the next leader for all of them, by the same keys
   */
  public Future<List<BuyOutcome>> buy(List<PurchaseRequest> requests, List<Long> seenMs) {
    if (requests.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    // Not only with the tick: whoever was told that this replica serves may buy at once.
    purchases.majority(replica.status().quorate());
    BuyCall batch = new BuyCall(requests);
    for (int i = 0; i < requests.size(); i++) {
      observer.came(requests.get(i), batch.start);
      purchases.buy(new Place(batch, i), requests.get(i), seenMs.get(i));
    }
    takeTurn();
    return batch.done.future();
  }

  /** Asks the catalog at once for what a replica that starts must know. */
  public void start() {
    replica.run(() -> {
      askForFence();
      turn();
    });
  }

  private void askForFence() {
    if (!replica.knowsFence()) {
      purchases.askForFence();
    }
  }

  /** A fixed span of time has passed. */
  public void tick() {
    replica.run(() -> {
      purchases.majority(replica.status().quorate());
      purchases.tick();
      askForFence();
      turn();
    });
  }

  @Override
  public void applied(PurchaseRequest purchase, Order order) {
    purchases.applied(purchase, order.number());
    observer.ordered(purchase, order.number(), loop.nanos());
    takeTurn();
  }

  @Override
  public void happened(Fact fact) {
    if (fact instanceof Fact.RoleChanged changed) {
      roleChanged(changed);
    } else if (fact instanceof Fact.Elected elected) {
      purchases.elected(elected.epoch(), elected.last());
    } else if (fact instanceof Fact.Established established) {
      purchases.established(established.epoch());
    }
    takeTurn();
  }

  private void roleChanged(Fact.RoleChanged changed) {
    observer.roleChanged();
    boolean wasInOffice = inOffice;
    inOffice = changed.role() == Role.CANDIDATE || changed.role() == Role.LEADER;
    if (inOffice && !wasInOffice) {
      tookOfficeNanos = loop.nanos();
    }
    if (changed.role() != Role.LEADER) {
      purchases.lostOffice();
      if (changed.leader() != 0 && changed.leader() != id) {
        purchases.follows();
      }
    }
  }

  private void takeTurn() {
    if (!turnIsDue) {
      turnIsDue = true;
      loop.execute(() -> replica.run(this::turn));
    }
  }

  private void turn() {
    turnIsDue = false;
    PurchaseEffects effects = purchases.take();
    effects.notes().forEach(observer::note);
    effects.calls().forEach(this::call);
    effects.tell().forEach(replica::step);
    if (!effects.propose().isEmpty()) {
      observer.proposed(effects.propose(), loop.nanos());
      replica.step(new Input.Propose(effects.propose()));
    }
    effects.answers().forEach(answer -> answer.caller().take(answer));
    if (effects.resign()) {
      replica.step(new Input.Resign());
    }
    noteReadiness();
  }

  private void call(CatalogCall<?> call) {
    long leftNanos = loop.nanos();
    if (call.question() instanceof Reserve reserve) {
      observer.reserving(reserve.requests(), leftNanos);
    }
    catalog.ask(call).onComplete(end -> replica.run(() -> ended(call, end, leftNanos)));
  }

  private void ended(CatalogCall<?> call, AsyncResult<?> end, long leftNanos) {
    if (end.succeeded()) {
      observe(call, leftNanos);
      answered(call, end.result());
    } else if (end.cause() instanceof StoreException expected) {
      failed(call, expected);
    } else {
      throw new IllegalStateException("a call of the catalog broke a rule", end.cause());
    }
    takeTurn();
  }

  private void observe(CatalogCall<?> call, long leftNanos) {
    if (call.question() instanceof Reserve reserve) {
      observer.reserved(reserve.requests(), loop.nanos());
    } else if (call.question() instanceof Settle settle) {
      observer.settled(settle.keys().size(), loop.nanos() - leftNanos);
    }
  }

  private void answered(CatalogCall<?> call, Object answer) {
    if (answer instanceof ReserveOutcomes reserved) {
      purchases.reserved(call.id(), reserved.outcomes());
    } else if (answer instanceof Fenced fenced) {
      purchases.fenced(call.id(), fenced);
    } else if (answer instanceof Verified verified) {
      purchases.verified(call.id(), verified.known());
    } else if (answer instanceof Holds holds) {
      purchases.catalogClock(holds.clockMs());
      purchases.holds(call.id(), holds.holds());
    } else {
      purchases.done(call.id());
    }
  }

  private void failed(CatalogCall<?> call, StoreException failure) {
    if (failure.error() == StoreError.FENCED) {
      purchases.fencedOff(call.id());
    } else if (failure.error() == StoreError.UNVERIFIED) {
      purchases.unverified(call.id());
    } else {
      boolean silent = failure instanceof CallFailure unanswered
          && unanswered.kind() == CallFailure.FailureCause.SILENT;
      purchases.failed(call.id(), silent, failure.getMessage());
    }
  }

  private void noteReadiness() {
    boolean isReady = purchases.status().ready();
    if (isReady && !wasReady) {
      long took = loop.nanos() - tookOfficeNanos;
      observer.note("became=READY takeOverMs=" + TimeUnit.NANOSECONDS.toMillis(took));
      observer.tookOver(took);
    }
    wasReady = isReady;
  }

  /** Nothing is bought here any more. */
  void close() {
    replica.run(() -> {
      purchases.lostOffice();
      turn();
    });
  }

  /** One purchase of a batch: waits for its outcome. */
  private final class Place implements Caller {
    private final BuyCall batch;
    private final int index;

    Place(BuyCall batch, int index) {
      this.batch = batch;
      this.index = index;
    }

    @Override
    public void take(PurchaseAnswer answer) {
      observer.answered(batch.requests.get(index), answer.error(), batch.start, loop.nanos());
      batch.set(index, answer);
    }
  }

  /** One call of buy, until its last purchase is answered. */
  private final class BuyCall {
    private final List<PurchaseRequest> requests;
    private final BuyOutcome[] outcomes;
    private final Promise<List<BuyOutcome>> done = Promise.promise();
    private final long start = loop.nanos();
    private int open;

    BuyCall(List<PurchaseRequest> requests) {
      this.requests = requests;
      outcomes = new BuyOutcome[requests.size()];
      open = requests.size();
    }

    void set(int index, PurchaseAnswer answer) {
      if (answer.error() == StoreError.NOT_LEADER) {
        done.tryFail(new StoreException(StoreError.NOT_LEADER, answer.message()));
      }
      outcomes[index] = answer.error() == null
          ? BuyOutcome.ordered(answer.number())
          : BuyOutcome.failed(answer.error(), answer.message());
      open--;
      if (open == 0) {
        done.tryComplete(Arrays.asList(outcomes));
      }
    }
  }
}
