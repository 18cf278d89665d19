package toystore.postgres;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import toystore.desk.DatabaseFailure;
import toystore.desk.DatabaseFailure.FailureKind;
import toystore.desk.DatabaseTask;
import toystore.desk.DeskCore;
import toystore.desk.DeskEffects;
import toystore.desk.DeskStatus;
import toystore.edge.InvalidationPublisher;
import toystore.edge.Loop;
import toystore.edge.OpenQuestions;
import toystore.edge.StartException;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Toys;
import toystore.stock.FrontEndMessages.ToyChange;

/**
 * Runs the core: asks it, and carries out what it wants in step order. A step that fails ends the
 * process: what the core says after it has broken a rule is worth nothing. Owned by one event loop.
 */
final class DeskService {
  private static final Duration TICK = Duration.ofMillis(10);

  /** A question to the core; its answer carries the token. */
  @FunctionalInterface
  private interface Asked {
    DeskEffects step(long token, long nowMs);
  }

  private final Loop loop;
  private final DeskCore core;
  private final DatabasePort database;
  private final InvalidationPublisher publisher;
  private final Consumer<String> facts;
  private final Consumer<Throwable> onBroken;
  private final OpenQuestions questions = new OpenQuestions();
  private Loop.Timer timer = () -> {};
  private boolean stopped;

  /**
   * @param loop with the clock that the core was made with
   * @param facts gets each state change, a line for the log
   * @param onBroken told, once, of a rule that the core or what carries out its effects broke
   */
  DeskService(
      Loop loop,
      DeskCore core,
      DatabasePort database,
      InvalidationPublisher.FrontEnds frontEnds,
      Consumer<String> facts,
      Consumer<Throwable> onBroken) {
    this.loop = loop;
    this.core = core;
    this.database = database;
    this.publisher = new InvalidationPublisher(loop, frontEnds, this::acknowledged);
    this.facts = facts;
    this.onBroken = onBroken;
  }

  void start() {
    step(core::tick);
    timer = loop.every(TICK, () -> step(core::tick));
  }

  void stop() {
    stopped = true;
    timer.cancel();
    publisher.close();
    database.disconnect();
  }

  Future<Long> buy(PurchaseRequest purchase, long seenMs) {
    return ask((token, nowMs) -> core.buy(token, purchase, seenMs, nowMs));
  }

  Future<Order> find(long number) {
    return ask((token, nowMs) -> core.find(token, number, nowMs));
  }

  Future<Toys> read(long session, List<String> names) {
    return ask((token, nowMs) -> core.read(token, session, names, nowMs));
  }

  Future<Toys> readAll() {
    return ask(core::readAll);
  }

  Future<Lease> hello(int frontEnd, String address) {
    return ask((token, nowMs) -> core.hello(token, frontEnd, address, nowMs));
  }

  Future<Lease> renew(long session) {
    return ask((token, nowMs) -> core.renew(token, session, nowMs));
  }

  DeskStatus status() {
    return core.status(loop.millis());
  }

  private void acknowledged(long session, List<ToyChange> dropped) {
    step(nowMs -> core.acknowledged(session, dropped, nowMs));
  }

  private <T> Future<T> ask(Asked question) {
    return questions.ask(token -> step(nowMs -> question.step(token, nowMs)));
  }

  private void step(LongFunction<DeskEffects> step) {
    if (stopped) {
      return;
    }
    try {
      carryOut(step.apply(loop.millis()));
    } catch (RuntimeException | Error broken) { // either leaves a step that is half carried out
      stopped = true;
      onBroken.accept(broken);
    }
  }

  private void carryOut(DeskEffects effects) {
    // Before the task: a new connection must not be the one that is to be closed.
    if (effects.disconnects()) {
      database.disconnect();
    }
    effects.pushes().forEach(publisher::push);
    effects.task().ifPresent(this::carryOut);
    effects.over().forEach(publisher::close);
    questions.answer(effects.replies());
    effects.facts().forEach(facts);
  }

  private void carryOut(DatabaseTask task) {
    long id = task.id();
    switch (task.kind()) {
      case FIND_PRIMARY ->
        then(id, database.connect(task.address()), (done, nowMs) -> core.found(id, nowMs));
      case LOOK -> then(id, database.look(), (row, nowMs) -> core.looked(id, row, nowMs));
      case TAKE_OFFICE ->
        then(
            id,
            database.takeOffice(task.expected(), task.pass()),
            (taken, nowMs) -> core.tookOffice(id, taken, nowMs));
      case OFFER -> then(id, database.offer(task.pass()), (done, nowMs) -> core.offered(id, nowMs));
      case TURN ->
        then(id, database.turn(task.turn()), (outcome, nowMs) -> core.turned(id, outcome, nowMs));
    }
  }

  private <T> void then(long task, Future<T> answer, Heard<T> heard) {
    answer.onComplete(done -> step(nowMs -> done.succeeded()
        ? heard.step(done.result(), nowMs)
        : core.failed(task, failure(done.cause()), nowMs)));
  }

  private static DatabaseFailure failure(Throwable cause) {
    if (cause instanceof PgException database) {
      return DatabaseFailure.of(database.getSqlState(), database.getErrorMessage());
    }
    if (cause instanceof StandbyException) {
      return new DatabaseFailure(FailureKind.STANDBY, cause.getMessage());
    }
    if (cause instanceof StartException) {
      return new DatabaseFailure(FailureKind.BROKEN, cause.getMessage());
    }
    return DatabaseFailure.lost(String.valueOf(cause.getMessage()));
  }

  /** What the core makes of an answer. */
  @FunctionalInterface
  private interface Heard<T> {
    DeskEffects step(T answer, long nowMs);
  }
}
