package toystore.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import toystore.edge.CallFailure;
import toystore.edge.NotLeaderException;
import toystore.frontend.OrderLine;
import toystore.frontend.ReplicaCalls;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.purchase.OrderMessages.Appointed;
import toystore.purchase.OrderMessages.Appointment;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.replication.Input;
import toystore.replication.ReplicaCore;

/** The way from one life of a front-end to one replica. */
final class ReplicaLine implements OrderLine, ReplicaCalls {
  private final FrontEnd frontEnd;
  private final Replica replica;
  private final Set<Promise<?>> purchases = new LinkedHashSet<>();
  private final Set<Promise<?>> queries = new LinkedHashSet<>();

  ReplicaLine(FrontEnd frontEnd, Replica replica) {
    this.frontEnd = frontEnd;
    this.replica = replica;
  }

  @Override
  public Future<ReplicaHealth> health() {
    return this.<ReplicaHealth>ask(
        "Ping", Times.PING_TIMEOUT_MS, call -> call.answer(replica.health()));
  }

  @Override
  public Future<Appointed> appoint(Appointment appoint) {
    return ask("Appoint", Times.CALL_TIMEOUT_MS, call -> replica
        .appoint(new Input.Appoint(appoint.epoch(), appoint.leader()))
        .onSuccess(durable -> {
          ReplicaCore.ReplicaStatus status = replica.status();
          call.answer(new Appointed(true, status.promised(), status.leader()));
        }));
  }

  @Override
  public Future<BuyOutcome> buy(PurchaseRequest request, long seenMs) {
    Future<Reply<BuyOutcome>> answered = ask("Buy", Times.CALL_TIMEOUT_MS, call -> replica
        .buy(request, seenMs)
        .onSuccess(outcome -> call.answer(replica.reply(outcome))));
    return untilAbandoned(
        purchases,
        answered.compose(reply -> unlessNotLeader(reply.answer().error(), reply, reply.answer())));
  }

  @Override
  public Future<QueryOutcome> find(long number) {
    Future<Reply<QueryOutcome>> answered = ask("Query", Times.CALL_TIMEOUT_MS, call -> replica
        .queries()
        .find(List.of(number))
        .onSuccess(found -> call.answer(replica.reply(found.get(0)))));
    return untilAbandoned(
        queries,
        answered.compose(reply -> unlessNotLeader(reply.answer().error(), reply, reply.answer())));
  }

  private static <A> Future<A> unlessNotLeader(StoreError error, Reply<?> reply, A answer) {
    return error == StoreError.NOT_LEADER
        ? Future.failedFuture(new NotLeaderException(reply.leader(), "another leads"))
        : Future.succeededFuture(answer);
  }

  private <A> Future<A> ask(String what, int timeoutMs, Call.CallRequest<A> request) {
    Promise<A> promise = Promise.promise();
    frontEnd.world.network.<A>call(
        frontEnd, replica, what, timeoutMs, request, (answer, failure) -> {
          if (answer != null) {
            promise.tryComplete(answer);
          } else {
            promise.tryFail(new CallFailure(failure, what, null));
          }
        });
    return promise.future();
  }

  private static <A> Future<A> untilAbandoned(Set<Promise<?>> open, Future<A> answer) {
    Promise<A> promise = Promise.promise();
    open.add(promise);
    answer.onComplete(done -> {
      if (open.remove(promise)) {
        promise.handle(done);
      }
    });
    return promise.future();
  }

  @Override
  public void abandon() {
    abandonPurchases();
    giveUp(queries);
  }

  @Override
  public void abandonPurchases() {
    giveUp(purchases);
  }

  private void giveUp(Set<Promise<?>> open) {
    List<Promise<?>> abandoned = List.copyOf(open);
    open.clear();
    abandoned.forEach(promise ->
        promise.fail(new StoreException(StoreError.UNAVAILABLE, replica + " was given up")));
  }

  @Override
  public void close() {
    abandon();
  }
}
