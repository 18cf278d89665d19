package toystore.order;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.OrderMessages.BuyOutcome;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.CatalogCall;
import toystore.purchase.PurchaseEffects;
import toystore.purchase.PurchaseEffects.Answer;
import toystore.purchase.Purchases;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;

/**
 * Runs {@link Purchases}: feeds it what happens, and once in a turn of the event loop does what it
 * wants done, so that all that came in one turn goes out together. A turn that fails, or an answer
 * of the catalog that breaks a rule, ends the process as a failed step does. Owned by one event loop.
 */
final class PurchaseShell implements ReplicaShell.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PurchaseShell.class);

  private final Context context;
  private final int id;
  private final ReplicaShell replica;
  private final Purchases purchases;
  private final CatalogClient catalog;
  private final OrderMetrics metrics;
  private final Map<Long, Slot> awaited = new HashMap<>();
  private long lastToken;
  private long tookOfficeNanos;
  private boolean wasReady;
  private boolean turnIsDue;

  PurchaseShell(
      Vertx vertx,
      int id,
      ReplicaShell replica,
      Purchases purchases,
      CatalogClient catalog,
      OrderMetrics metrics) {
    this.context = vertx.getOrCreateContext();
    this.id = id;
    this.replica = replica;
    this.purchases = purchases;
    this.catalog = catalog;
    this.metrics = metrics;
  }

  /** The last reading of the catalog's clock, 0 for none. */
  long catalogClock() {
    return purchases.catalogClock();
  }

  Purchases.Status status() {
    return purchases.status();
  }

  /**
   * Buys all these.
   *
   * @param seenMs for each a reading of the catalog's clock, of before any front-end saw it
   * @return one outcome for each, in order; fails with NOT_LEADER when this replica does not lead,
   *     or ceases to: the caller asks the next leader for all of them, by the same keys
   */
  Future<List<BuyOutcome>> buy(List<PurchaseRequest> requests, List<Long> seenMs) {
    if (requests.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    // Not only with the tick: whoever was told that this replica serves may buy at once.
    purchases.majority(replica.status().quorate());
    Batch batch = new Batch(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      awaited.put(++lastToken, new Slot(batch, i));
      purchases.buy(lastToken, requests.get(i), seenMs.get(i));
    }
    takeTurn();
    return batch.done.future();
  }

  void tick() {
    replica.run(() -> {
      purchases.majority(replica.status().quorate());
      purchases.tick();
      turn();
    });
  }

  @Override
  public void applied(PurchaseRequest purchase, Order order) {
    purchases.applied(purchase, order.number());
    metrics.ordered();
    takeTurn();
  }

  @Override
  public void happened(Fact fact) {
    if (fact instanceof Fact.RoleChanged changed) {
      metrics.roleChanged();
      if (changed.role() == Role.CANDIDATE || changed.role() == Role.LEADER) {
        tookOfficeNanos = tookOfficeNanos == 0 ? System.nanoTime() : tookOfficeNanos;
      } else {
        tookOfficeNanos = 0;
      }
      if (changed.role() != Role.LEADER) {
        purchases.lostOffice();
        if (changed.leader() != 0 && changed.leader() != id) {
          purchases.follows();
        }
      }
    } else if (fact instanceof Fact.Elected elected) {
      purchases.elected(elected.epoch(), elected.last());
    } else if (fact instanceof Fact.Established established) {
      purchases.established(established.epoch());
    }
    takeTurn();
  }

  private void takeTurn() {
    if (!turnIsDue) {
      turnIsDue = true;
      context.runOnContext(none -> replica.run(this::turn));
    }
  }

  private void turn() {
    turnIsDue = false;
    PurchaseEffects effects = purchases.take();
    effects.notes().forEach(this::note);
    effects.calls().forEach(this::call);
    effects.tell().forEach(replica::step);
    if (!effects.propose().isEmpty()) {
      metrics.proposed(effects.propose().size());
      replica.step(new Input.Propose(effects.propose()));
    }
    effects.answers().forEach(this::answer);
    if (effects.resign()) {
      replica.step(new Input.Resign());
    }
    noteReadiness();
  }

  private void call(CatalogCall call) {
    if (call instanceof CatalogCall.Reserve reserve) {
      metrics.reserving(reserve.requests().size());
    }
    catalog
        .carryOut(call, purchases)
        .onSuccess(none -> takeTurn())
        .onFailure(bug ->
            replica.broke(new IllegalStateException("an answer of the catalog broke a rule", bug)));
  }

  private void answer(Answer answer) {
    Slot slot = awaited.remove(answer.token());
    metrics.answered(answer.error(), System.nanoTime() - slot.batch.start);
    slot.batch.set(slot.index, answer);
  }

  private void note(String note) {
    if (note.startsWith("catalog=") && !note.endsWith("=reachable")) {
      LOG.info("replica={} {} cause={}", id, note, catalog.lastFailure());
    } else {
      LOG.info("replica={} {}", id, note);
    }
  }

  private void noteReadiness() {
    boolean isReady = purchases.status().ready();
    if (isReady && !wasReady) {
      long took = System.nanoTime() - tookOfficeNanos;
      long tookMs = TimeUnit.NANOSECONDS.toMillis(took);
      LOG.info("replica={} became=READY takeOverMs={}", id, tookMs);
      metrics.tookOver(took);
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

  private record Slot(Batch batch, int index) {}

  /** One call of buy, until its last purchase is answered. */
  private static final class Batch {
    private final BuyOutcome[] outcomes;
    private final Promise<List<BuyOutcome>> done = Promise.promise();
    private final long start = System.nanoTime();
    private int open;

    Batch(int size) {
      outcomes = new BuyOutcome[size];
      open = size;
    }

    void set(int index, Answer answer) {
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
