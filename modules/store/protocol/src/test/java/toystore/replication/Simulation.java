package toystore.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Links;
import toystore.virtualtime.Timeline;
import toystore.virtualtime.Violation;

/**
 * A cluster in virtual time: cores of any engine, on disks that are slow and lose what is not
 * durable, over a network that loses, doubles, delays and reorders. First it finds itself, then it
 * is rough, then all is healed, and the cluster must converge. The same seed gives the same
 * history.
 */
public final class Simulation {
  private static final int QUIET_MS = 400;
  private static final int REST_MS = 20_000;
  private static final int LOOK_MS = 20;
  private static final int SAVE_MS = 40;

  private final SimulatedEngine engine;
  private final SimulationPlan plan;
  private final Chance chance;
  private final Timeline timeline = new Timeline();
  private final Links links;
  private final List<SimulatedReplica> replicas = new ArrayList<>();
  private final Invariants invariants = new Invariants(replicas);
  private final Faults faults;
  private long purchases;
  private boolean healed;

  public Simulation(SimulatedEngine engine, SimulationPlan plan, long seed) {
    this.engine = engine;
    this.plan = plan;
    this.chance = new Chance(seed);
    this.links = new Links(timeline, chance, plan.weather(), plan.members());
    List<Integer> members = IntStream.rangeClosed(1, plan.members()).boxed().toList();
    for (int id : members) {
      replicas.add(new SimulatedReplica(id, this, engine.disk(id, members, plan)));
    }
    this.faults = new Faults(this, plan);
  }

  /**
   * Runs to the end.
   *
   * @throws Violation where a promise is broken
   */
  public Result run() {
    replicas.forEach(SimulatedReplica::start);
    saveLater();
    faults.begin(QUIET_MS);
    timeline.runUntil(QUIET_MS + plan.roughMs());
    healed = true;
    links.heal();
    links.calm();
    faults.heal();
    new Recovery(this).begin();
    long end = timeline.now() + REST_MS;
    do {
      timeline.runUntil(timeline.now() + LOOK_MS);
      if (timeline.now() > end) {
        throw new Violation("not at rest " + REST_MS + " ms after all was healed: "
            + replicas.stream().map(SimulatedReplica::status).toList());
      }
    } while (!isLevel());
    invariants.atRest();
    return new Result(
        invariants.committed().size(), invariants.establishedSeen(), timeline.events());
  }

  /**
   * @param committed length of the log in the end
   * @param leaderships how often a leader was established
   * @param events how much happened
   */
  public record Result(long committed, long leaderships, long events) {}

  private boolean isLevel() {
    int length = invariants.committed().size();
    return invariants.lastIsPurchase() && replicas.stream().allMatch(each -> isLevel(each, length));
  }

  private static boolean isLevel(SimulatedReplica replica, int length) {
    ReplicaCore.ReplicaStatus status = replica.status();
    return (status.role() == Role.LEADER && status.quorate() || status.role() == Role.FOLLOWER)
        && status.committed() == length
        && status.last().index() == length
        && replica.disk().applied() == length;
  }

  private void saveLater() {
    timeline.after(SAVE_MS, () -> {
      SimulatedReplica any = replicas.get(chance.below(replicas.size()));
      if (any.isUp() && !any.isPaused()) {
        any.disk().save(any);
      }
      saveLater();
    });
  }

  Timeline timeline() {
    return timeline;
  }

  Chance chance() {
    return chance;
  }

  Links links() {
    return links;
  }

  List<SimulatedReplica> replicas() {
    return replicas;
  }

  SimulatedEngine engine() {
    return engine;
  }

  Invariants invariants() {
    return invariants;
  }

  Faults faults() {
    return faults;
  }

  boolean healed() {
    return healed;
  }

  /** A replica like this, where there is one. */
  SimulatedReplica any(Predicate<SimulatedReplica> which) {
    List<SimulatedReplica> those = replicas.stream().filter(which).toList();
    return those.isEmpty() ? null : those.get(chance.below(those.size()));
  }

  private boolean stalls(int oneIn) {
    return plan.stallMs() > 0 && !healed && chance.oneIn(oneIn);
  }

  /** How late a timer comes. Messages are taken in meanwhile: that all hangs is another fault. */
  int lateMs() {
    return stalls(50) ? chance.below(plan.stallMs()) : 0;
  }

  int diskDelayMs() {
    if (stalls(20)) {
      return chance.below(plan.stallMs());
    }
    return !healed && chance.percent(plan.weather().slowPercent())
        ? chance.below(80)
        : chance.below(5);
  }

  boolean diskFails() {
    return !healed && chance.oneIn(plan.stallMs() > 0 ? 200 : 1_000);
  }

  PurchaseRequest newPurchase() {
    return new PurchaseRequest("k" + purchases++, "Tux", 1);
  }

  /** Input from outside; lost when the replica is down. */
  void give(SimulatedReplica replica, Input input) {
    replica.receive(() -> replica.step(input));
  }

  void send(Message message) {
    links.carry(message.from() - 1, message.to() - 1, () -> deliver(message), () -> lost(message));
  }

  private void deliver(Message message) {
    SimulatedReplica receiver = replica(message.to());
    if (receiver.isUp()) {
      give(receiver, new Input.Received(message));
    } else {
      lost(message);
    }
  }

  /** Whoever waits for the answer often, not always, learns that there will be none. */
  private void lost(Message message) {
    if (message.isReply()) {
      unreachable(replica(message.to()), message.from());
    } else {
      unreachable(replica(message.from()), message.to());
    }
  }

  void unreachable(SimulatedReplica waiting, int peer) {
    if (waiting.isUp() && !chance.oneIn(4)) {
      waiting.after(links.delayMs(), () -> waiting.step(new Input.Unreachable(peer)));
    }
  }

  private SimulatedReplica replica(int id) {
    return replicas.get(id - 1);
  }
}
