package toystore.simulation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import toystore.edge.OrderMessages.BuyOutcome;
import toystore.edge.OrderMessages.QueryOutcome;
import toystore.leader.LeaderSelector;
import toystore.model.KnownLeader;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.simulation.Call.Failure;

/**
 * What a front-end does for its clients at the order replicas: tries again, with the same key and
 * through changes of the leader, until there is an answer, the deadline is over, or hope given up.
 */
final class Errands {
  /** The end of an errand: a number or an order, or why there is none. */
  interface End {
    void take(long number, Order order, StoreError error);
  }

  /** One of both, a purchase or the number of an order. */
  private final class Errand {
    final PurchaseRequest purchase;
    final long number;
    final End end;
    final long startMs = frontEnd.clockMs();
    final long cameAtMs = frontEnd.age().cameAt(startMs);
    KnownLeader asked;
    int tries;
    int triedAnywhere;

    Errand(PurchaseRequest purchase, long number, End end) {
      this.purchase = purchase;
      this.number = number;
      this.end = end;
    }
  }

  private final FrontEnd frontEnd;
  private final World world;
  private final LeaderSelector selector;
  private final Set<Errand> open = new LinkedHashSet<>();
  private List<Errand> waiting = new ArrayList<>();

  Errands(FrontEnd frontEnd, LeaderSelector selector) {
    this.frontEnd = frontEnd;
    this.world = frontEnd.world;
    this.selector = selector;
  }

  void buy(PurchaseRequest purchase, End end) {
    if (selector.refusesPurchases(frontEnd.clockMs())) {
      end.take(-1, null, StoreError.UNAVAILABLE);
    } else {
      begin(new Errand(purchase, -1, end));
    }
  }

  void find(long number, End end) {
    begin(new Errand(null, number, end));
  }

  private void begin(Errand errand) {
    open.add(errand);
    attempt(errand);
  }

  /** What was sent to the former leader is given up, and goes to the next one. */
  void leaderChanged() {
    for (Errand errand : List.copyOf(open)) {
      if (errand.asked != null && !selector.leader().equals(Optional.of(errand.asked))) {
        errand.tries++;
        errand.asked = null;
        waiting.add(errand);
      }
    }
    again();
  }

  void tick() {
    long nowMs = frontEnd.clockMs();
    boolean hopeless = selector.refusesPurchases(nowMs);
    boolean absent = selector.refusesQueries(nowMs);
    for (Errand errand : List.copyOf(open)) {
      boolean over = nowMs - errand.startMs >= Times.REQUEST_TIMEOUT_MS;
      if (over || (errand.purchase != null ? hopeless : absent)) {
        end(errand, -1, null, StoreError.UNAVAILABLE);
      }
    }
    again();
  }

  private void again() {
    List<Errand> due = waiting;
    waiting = new ArrayList<>();
    due.forEach(this::attempt);
  }

  /** The process has ended. */
  void lost() {
    for (Iterator<Errand> each = List.copyOf(open).iterator(); each.hasNext(); ) {
      end(each.next(), -1, null, StoreError.UNAVAILABLE);
    }
  }

  private void end(Errand errand, long number, Order order, StoreError error) {
    if (open.remove(errand)) {
      errand.end.take(number, order, error);
    }
  }

  private void attempt(Errand errand) {
    if (!open.contains(errand)) {
      return;
    }
    Optional<KnownLeader> leader = selector.leader();
    errand.asked = leader.orElse(null);
    int attempt = ++errand.tries;
    if (leader.isPresent()) {
      ask(errand, attempt, world.replica(leader.get().id()));
    } else if (errand.purchase == null && !selector.live().isEmpty()) {
      // Any replica may know the order; none of these can prove that there is none.
      List<Integer> live = selector.live();
      ask(errand, attempt, world.replica(live.get(errand.triedAnywhere++ % live.size())));
    } else {
      waiting.add(errand);
    }
  }

  private void ask(Errand errand, int attempt, Replica replica) {
    if (errand.purchase != null) {
      long seenMs = frontEnd.age().seenMs(errand.cameAtMs);
      world.network.<Reply<BuyOutcome>>call(
          frontEnd,
          replica,
          "Buy",
          Times.CALL_TIMEOUT_MS,
          call -> replica
              .buy(errand.purchase, seenMs)
              .onSuccess(end -> call.answer(replica.reply(end))),
          (reply, failure) -> {
            if (reply == null) {
              settle(errand, attempt, -1, null, null, failure, KnownLeader.NONE);
            } else {
              BuyOutcome answer = reply.answer();
              long number = answer.error() == null ? answer.number() : -1;
              settle(errand, attempt, number, null, answer.error(), null, reply.leader());
            }
          });
    } else {
      world.network.<Reply<QueryOutcome>>call(
          frontEnd,
          replica,
          "Query",
          Times.CALL_TIMEOUT_MS,
          call -> replica
              .queries()
              .find(List.of(errand.number))
              .onSuccess(found -> call.answer(replica.reply(found.get(0)))),
          (reply, failure) -> {
            if (reply == null) {
              settle(errand, attempt, -1, null, null, failure, KnownLeader.NONE);
            } else {
              QueryOutcome answer = reply.answer();
              settle(errand, attempt, -1, answer.order(), answer.error(), null, reply.leader());
            }
          });
    }
  }

  private void settle(
      Errand errand,
      int attempt,
      long number,
      Order order,
      StoreError error,
      Failure failure,
      KnownLeader named) {
    if (!open.contains(errand) || errand.tries != attempt) {
      return; // Ended, or given up there and sent elsewhere.
    }
    KnownLeader asked = errand.asked;
    errand.asked = null;
    if (failure == null && error == null || isFinal(error)) {
      boolean proved = error != StoreError.ORDER_NOT_FOUND || asked != null;
      if (proved) {
        end(errand, number, order, error);
        return;
      }
    }
    waiting.add(errand);
    boolean doubt = failure != null && failure != Failure.SILENT
        || error == StoreError.NOT_LEADER
        || error == StoreError.FENCED;
    if (asked != null && doubt) {
      frontEnd.doubted(asked, error == StoreError.NOT_LEADER ? named : KnownLeader.NONE);
    }
  }

  private static boolean isFinal(StoreError error) {
    return error == StoreError.OUT_OF_STOCK
        || error == StoreError.TOY_NOT_FOUND
        || error == StoreError.KEY_REUSED
        || error == StoreError.ORDER_NOT_FOUND;
  }
}
