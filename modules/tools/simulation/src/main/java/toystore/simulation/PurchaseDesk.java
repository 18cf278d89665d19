package toystore.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Fenced;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.model.StoreError;
import toystore.purchase.CatalogCall;
import toystore.purchase.LogOrders;
import toystore.purchase.PurchaseEffects;
import toystore.purchase.PurchaseEffects.Answer;
import toystore.purchase.Purchases;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;
import toystore.simulation.Call.Failure;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogMessages.Verified;

/** A replica's purchases, and their shell's part: calls to the catalog and answers to callers. */
final class PurchaseDesk {
  private final Replica replica;
  private final World world;
  private final Map<Long, Call<Reply<Answer>>> awaited = new HashMap<>();
  private Purchases purchases;
  private long lastToken;
  private boolean turnIsDue;

  PurchaseDesk(Replica replica) {
    this.replica = replica;
    this.world = replica.world;
  }

  /** A process starts: nothing is under way. */
  void open() {
    awaited.clear();
    turnIsDue = false;
    purchases = new Purchases(
        Times.purchases(), world.chance.next(), LogOrders.of(replica.book(), replica::unapplied));
  }

  Purchases.Status status() {
    return purchases.status();
  }

  /** The last reading of the catalog's clock. */
  long catalogClock() {
    return purchases.catalogClock();
  }

  void buy(PurchaseRequest request, long seenMs, Call<Reply<Answer>> call) {
    awaited.put(++lastToken, call);
    purchases.buy(lastToken, request, seenMs);
    takeTurn();
  }

  void tick() {
    purchases.majority(replica.status().quorate());
    purchases.tick();
    turn();
  }

  void applied(PurchaseRequest purchase, long number) {
    purchases.applied(purchase, number);
    takeTurn();
  }

  void happened(Fact fact) {
    if (fact instanceof Fact.RoleChanged changed && changed.role() != Role.LEADER) {
      purchases.lostOffice();
    } else if (fact instanceof Fact.Elected elected) {
      purchases.elected(elected.epoch(), elected.last());
      if (!world.wiring.comparesBeforeTheFirstEntry()) {
        replica.after(0, () -> tell(new Input.Verified(elected.epoch(), elected.last())));
      }
    } else if (fact instanceof Fact.Established established) {
      purchases.established(established.epoch());
    }
    takeTurn();
  }

  /** Once for all that comes at one moment. */
  private void takeTurn() {
    if (!turnIsDue) {
      turnIsDue = true;
      replica.after(0, this::turn);
    }
  }

  private void turn() {
    turnIsDue = false;
    PurchaseEffects effects = purchases.take();
    effects.notes().forEach(note -> world.trace.note(replica, note));
    effects.calls().forEach(this::call);
    effects.tell().forEach(this::tell);
    if (!effects.propose().isEmpty()) {
      replica.step(new Input.Propose(effects.propose()));
    }
    effects
        .answers()
        .forEach(answer -> awaited.remove(answer.token()).answer(replica.reply(answer)));
    if (effects.resign()) {
      replica.step(new Input.Resign());
    }
  }

  private void tell(Input input) {
    if (input instanceof Input.Verified verified
        && replica.status().promised() == verified.epoch()
        && replica.log().last().equals(verified.last())) {
      world.log.begins(replica, verified.epoch());
    }
    replica.step(input);
  }

  private void call(CatalogCall call) {
    world.network.<CatalogProcess.Answer>call(
        replica,
        world.catalog,
        call.getClass().getSimpleName(),
        Times.CATALOG_TIMEOUT_MS,
        request -> world.catalog.serve(call, request),
        (answer, failure) -> {
          if (failure == Failure.SILENT) {
            purchases.silent(call.id());
          } else {
            ended(call, answer);
          }
          takeTurn();
        });
  }

  private void ended(CatalogCall call, CatalogProcess.Answer answer) {
    if (answer != null && answer.error() == StoreError.FENCED) {
      purchases.fencedOff(call.id());
    } else if (answer != null && answer.error() == StoreError.UNVERIFIED) {
      purchases.unverified(call.id());
    } else if (answer == null || answer.error() != null) {
      purchases.unreachable(call.id());
    } else if (answer.body() instanceof ReserveOutcomes reserved) {
      purchases.reserved(call.id(), reserved.outcomes());
    } else if (answer.body() instanceof Fenced fenced) {
      List<PurchaseRequest> told = world.wiring.toldHolds(call, fenced.holds());
      purchases.fenced(
          call.id(),
          new Fenced(fenced.accepted(), fenced.fence(), fenced.incarnation(), fenced.mark(), told));
    } else if (answer.body() instanceof Verified verified) {
      purchases.verified(call.id(), verified.known());
    } else if (answer.body() instanceof Holds holds) {
      purchases.catalogClock(holds.clockMs());
      List<PurchaseRequest> told = world.wiring.toldHolds(call, holds.holds());
      purchases.holds(call.id(), told);
    } else {
      purchases.done(call.id());
    }
  }
}
