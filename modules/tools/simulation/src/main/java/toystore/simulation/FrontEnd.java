package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.leader.HealthWatch;
import toystore.leader.LeaderSelector;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.Appoint;
import toystore.leader.LeaderSelector.Ping;
import toystore.leader.OwnTime;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.purchase.RequestAge;
import toystore.replication.Input;
import toystore.simulation.Call.Failure;
import toystore.stock.FrontEndMessages.Change;

/** A front-end: the choice of the leader, orders, and a cache for each event loop. */
final class FrontEnd extends Service {
  final int id;
  private final List<ProductLoop> loops = new ArrayList<>();
  private LeaderSelector selector;
  private OwnTime time;
  private HealthWatch catalogWatch;
  private Errands errands;
  private RequestAge age;
  private Optional<KnownLeader> leader = Optional.empty();
  private long nextCheckMs;

  FrontEnd(World world, int index, int id) {
    super(world, index, "front-end-" + id);
    this.id = id;
  }

  @Override
  void started() {
    selector = new LeaderSelector(Times.selector(id, world.members, world.plan.handOver()));
    time = new OwnTime(Times.FRONT_END_TICK_MS);
    catalogWatch = new HealthWatch(Times.SILENCE_MS);
    age = new RequestAge(Times.PAUSE_MS, clockMs());
    errands = new Errands(this, selector);
    leader = Optional.empty();
    nextCheckMs = 0;
    loops.clear();
    for (int loop = 0; loop < world.plan.loops(); loop++) {
      loops.add(new ProductLoop(this, loop, loop == 0 ? null : loops.get(0)));
    }
    tickLater();
  }

  /** Whoever waits here learns nothing. */
  @Override
  void stopped() {
    errands.lost();
    loops.forEach(ProductLoop::lost);
  }

  RequestAge age() {
    return age;
  }

  Errands errands() {
    return errands;
  }

  ProductLoop anyLoop() {
    return loops.get(world.chance.below(loops.size()));
  }

  Optional<KnownLeader> leader() {
    return leader;
  }

  private void tickLater() {
    after(world.chance.between(Times.FRONT_END_TICK_MS - 2, Times.FRONT_END_TICK_MS), () -> {
      tickLater();
      age.tick(clockMs());
      carryOut(selector.tick(clockMs()));
      checkCatalog();
      loops.forEach(ProductLoop::tick);
      errands.tick();
    });
  }

  private void checkCatalog() {
    time.tick(clockMs());
    long nowMs = time.at(clockMs());
    if (nowMs >= nextCheckMs) {
      nextCheckMs = nowMs + Times.CHECK_MS;
      catalogWatch.ask(nowMs);
      world.network.<Object>call(
          this,
          world.catalog,
          "Health",
          Times.PING_TIMEOUT_MS,
          call -> call.answer("well"),
          (answer, failure) -> {
            if (answer != null) {
              catalogWatch.answered(time.at(clockMs()), nowMs);
            } else if (failure != Failure.SILENT) {
              catalogWatch.broken();
            }
          });
    }
    catalogWatch.review(nowMs);
    carryOut(selector.catalogSeen(clockMs(), catalogWatch));
  }

  void doubted(KnownLeader doubtful, KnownLeader named) {
    carryOut(selector.doubted(clockMs(), doubtful, named));
  }

  private void carryOut(List<Action> actions) {
    Optional<KnownLeader> now = selector.leader();
    if (!now.equals(leader)) {
      leader = now;
      world.trace.note(this, () -> "leader=" + now);
      if (now.isPresent()) {
        errands.leaderChanged();
      }
    }
    for (Action action : actions) {
      if (action instanceof Ping ping) {
        ping(world.replica(ping.replica()), ping.sentMs());
      } else if (action instanceof Appoint appoint) {
        appoint(world.replica(appoint.replica()), appoint);
      }
    }
  }

  private void ping(Replica replica, long sentMs) {
    world.network.<ReplicaHealth>call(
        this,
        replica,
        "Ping",
        Times.PING_TIMEOUT_MS,
        call -> call.answer(replica.health()),
        (health, failure) -> {
          if (health != null) {
            age.read(health.catalogClockMs(), clockMs());
            carryOut(selector.answered(clockMs(), sentMs, health));
          } else if (failure == Failure.SILENT) {
            carryOut(selector.unanswered(clockMs(), replica.id));
          } else {
            carryOut(selector.broken(clockMs(), replica.id));
          }
        });
  }

  private void appoint(Replica replica, Appoint appoint) {
    world.network.<Long>call(
        this,
        replica,
        "Appoint",
        Times.CALL_TIMEOUT_MS,
        call -> replica
            .appoint(new Input.Appoint(appoint.epoch(), appoint.leader()))
            .onSuccess(none -> call.answer(replica.status().promised())),
        (promised, failure) -> {
          if (promised != null) {
            carryOut(selector.appointed(clockMs(), replica.id, appoint.epoch(), promised));
          }
        });
  }

  void invalidate(int loop, Change change) {
    loops.get(loop).invalidate(change);
  }
}
