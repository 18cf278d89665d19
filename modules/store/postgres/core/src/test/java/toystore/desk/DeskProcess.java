package toystore.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import toystore.model.StoreException;
import toystore.stock.CatalogReply;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.stock.Invalidation;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.VirtualProcess;

/** A desk in virtual time: carries out what the real core wants. */
final class DeskProcess extends VirtualProcess {
  private final Timeline timeline;
  private final Chance chance;
  private final ModelDatabase database;
  private final DeskOptions options;
  private final Consumer<Invalidation> push;
  private final Map<Long, BiConsumer<Object, StoreException>> asked = new HashMap<>();
  private DeskCore core;
  private ModelCluster.Connection connection;
  private long lastToken;
  private long noDatabaseUntilMs;

  DeskProcess(
      Timeline timeline,
      Chance chance,
      ModelDatabase database,
      DeskOptions options,
      Consumer<Invalidation> push) {
    super(timeline);
    this.timeline = timeline;
    this.chance = chance;
    this.database = database;
    this.options = options;
    this.push = push;
  }

  @Override
  protected void started() {
    core = new DeskCore(options, timeline.now());
    tickLater();
  }

  @Override
  protected void stopped() {
    asked.clear();
    disconnect();
  }

  private void tickLater() {
    carryOut(core.tick(timeline.now()));
    after(10, this::tickLater);
  }

  boolean isInOffice() {
    return isUp() && core.status(timeline.now()).isActive();
  }

  /** Asks the core; the answer comes unless this life ends before. */
  void ask(
      BiFunction<DeskCore, Long, DeskEffects> question, BiConsumer<Object, StoreException> answer) {
    long token = ++lastToken;
    asked.put(token, answer);
    carryOut(question.apply(core, token));
  }

  void acknowledged(long session, List<ToyChange> dropped) {
    carryOut(core.acknowledged(session, dropped, timeline.now()));
  }

  /** It reaches no database for a while, and is well otherwise. */
  void loseDatabase(int forMs) {
    noDatabaseUntilMs = timeline.now() + forMs;
    if (connection != null) {
      connection.die();
    }
  }

  private void disconnect() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }

  private void carryOut(DeskEffects effects) {
    if (effects.disconnects()) {
      disconnect();
    }
    effects.pushes().forEach(push);
    effects.task().ifPresent(this::send);
    for (CatalogReply reply : effects.replies()) {
      BiConsumer<Object, StoreException> answer = asked.remove(reply.token());
      if (answer != null) {
        answer.accept(reply.answer(), reply.refusal());
      }
    }
  }

  /** What is sent arrives, even when its sender is gone by then. */
  private void send(DatabaseTask task) {
    ModelCluster.Connection to = connection;
    if (to == null) {
      timeline.after(delayMs(), () -> arrive(task, null));
      return;
    }
    to.sent();
    timeline.after(delayMs(), () -> {
      to.arrived();
      arrive(task, to);
    });
  }

  private long delayMs() {
    return chance.oneIn(150) ? 1 + chance.below(9_000) : 1 + chance.below(3);
  }

  private void arrive(DatabaseTask task, ModelCluster.Connection to) {
    long id = task.id();
    Consumer<DatabaseFailure> fail =
        failure -> later(() -> core.failed(id, failure, timeline.now()));
    switch (task.kind()) {
      case FIND_PRIMARY -> connect(task);
      case LOOK ->
        database.look(to, row -> later(() -> core.looked(id, row, timeline.now())), fail);
      case TAKE_OFFICE ->
        database.takeOffice(
            to,
            task,
            options.leases().sessionMs(),
            taken -> later(() -> core.tookOffice(id, taken, timeline.now())),
            fail);
      case OFFER ->
        database.offer(
            to, task.pass(), done -> later(() -> core.offered(id, timeline.now())), fail);
      case TURN ->
        database.turn(
            to,
            task.turn(),
            outcome -> later(() -> core.turned(id, outcome, timeline.now())),
            fail);
    }
  }

  private void connect(DatabaseTask task) {
    boolean isCut = timeline.now() < noDatabaseUntilMs;
    ModelCluster.Connection opened = isCut ? null : database.connect(task.address());
    if (opened == null) {
      later(() -> core.failed(task.id(), DatabaseFailure.lost("no primary"), timeline.now()));
      return;
    }
    int life = life();
    after(1, () -> {
      if (life == life()) {
        disconnect();
        connection = opened;
        carryOut(core.found(task.id(), timeline.now()));
      }
    });
  }

  private void later(java.util.function.Supplier<DeskEffects> step) {
    after(1 + chance.below(3), () -> carryOut(step.get()));
  }
}
