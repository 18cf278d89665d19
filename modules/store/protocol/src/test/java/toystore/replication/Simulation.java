package toystore.replication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import toystore.model.PurchaseRequest;
import toystore.model.Role;

/**
 * A cluster in virtual time: cores of any engine, on disks that are slow and lose what is not
 * durable, over a network that loses, doubles, delays and reorders. First it is rough, then all is
 * healed, and the cluster must converge. The same seed gives the same history.
 */
public final class Simulation {
  private static final long REST_MS = 20_000;

  private record Event(long time, long number, Runnable action) {}

  private final SimulatedEngine engine;
  private final SimulationPlan plan;
  private final Random random;
  private final List<Integer> members;
  private final List<SimulatedReplica> replicas = new ArrayList<>();
  private final Invariants invariants = new Invariants(replicas);
  private final Faults faults;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
  /** Directed links that carry nothing: from * 100 + to. */
  private final Set<Integer> cut = new HashSet<>();

  private long now;
  private long eventNumber;
  private long purchases;
  private boolean healed;

  public Simulation(SimulatedEngine engine, SimulationPlan plan, long seed) {
    this.engine = engine;
    this.plan = plan;
    this.random = new Random(seed);
    this.members = IntStream.rangeClosed(1, plan.members()).boxed().toList();
    members.forEach(id -> replicas.add(new SimulatedReplica(id, this, invariants)));
    this.faults = new Faults(this, plan);
  }

  /** Runs to the end; fails with an AssertionError or IllegalStateException. */
  public Result run() {
    replicas.forEach(SimulatedReplica::start);
    faults.begin();
    while (now < plan.roughMs()) {
      next();
    }
    healed = true;
    cut.clear();
    faults.heal();
    new Recovery(this).begin();
    while (!converged()) {
      if (now > plan.roughMs() + REST_MS) {
        invariants.atRest();
        throw new AssertionError("not at rest " + REST_MS + " ms after all was healed");
      }
      next();
    }
    invariants.atRest();
    return new Result(invariants.committed().size(), invariants.establishedSeen(), eventNumber);
  }

  /**
   * @param committed length of the log in the end
   * @param leaderships how often a leader was established
   * @param events how much happened
   */
  public record Result(long committed, long leaderships, long events) {}

  private void next() {
    Event event = events.remove();
    now = event.time();
    event.action().run();
  }

  private boolean converged() {
    int length = invariants.committed().size();
    return now > plan.roughMs() + 1000
        && length > 0
        && invariants.committed().get(length - 1).purchase() != null
        && replicas.stream().allMatch(replica -> atRest(replica, length));
  }

  private static boolean atRest(SimulatedReplica replica, int length) {
    ReplicaCore.Status status = replica.status();
    return (status.role() == Role.LEADER && status.quorate() || status.role() == Role.FOLLOWER)
        && status.committed() == length
        && status.last().index() == length
        && replica.disk().entries().size() == length
        && replica.disk().committed() == length;
  }

  long now() {
    return now;
  }

  Random random() {
    return random;
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

  Set<Integer> cut() {
    return cut;
  }

  boolean healed() {
    return healed;
  }

  ReplicaCore startCore(int id, DurableState disk) {
    DurableState copy = new DurableState(
        List.copyOf(disk.entries()),
        disk.promise(),
        disk.committed(),
        disk.applied(),
        disk.rebuilding());
    return engine.start(id, members, copy, random.nextLong());
  }

  void later(long delayMs, Runnable action) {
    events.add(new Event(now + delayMs, eventNumber++, action));
  }

  int diskDelay() {
    return random.nextInt(20) == 0 ? random.nextInt(60) : random.nextInt(6);
  }

  private int networkDelay() {
    return !healed && random.nextInt(15) == 0 ? random.nextInt(250) : random.nextInt(5);
  }

  PurchaseRequest newPurchase() {
    return new PurchaseRequest("k" + purchases++, "Tux", 1);
  }

  /** Input from outside; lost when the replica is down. */
  void give(SimulatedReplica replica, Input input) {
    replica.when(replica.life(), () -> replica.step(input));
  }

  void send(Message message) {
    boolean lost = !healed && random.nextInt(100) < plan.lossPercent();
    if (lost || !replica(message.to()).up() || cut.contains(link(message))) {
      lost(message);
      return;
    }
    later(networkDelay(), () -> deliver(message));
    if (!healed && random.nextInt(100) < plan.duplicatePercent()) {
      later(networkDelay(), () -> deliver(message));
    }
  }

  private static int link(Message message) {
    return message.from() * 100 + message.to();
  }

  private void deliver(Message message) {
    SimulatedReplica receiver = replica(message.to());
    if (cut.contains(link(message)) || !receiver.up()) {
      lost(message);
      return;
    }
    receiver.when(receiver.life(), () -> {
      receiver.step(new Input.Received(message));
    });
  }

  /** Whoever waits for the answer often, not always, learns that there will be none. */
  private void lost(Message message) {
    if (random.nextInt(4) > 0) {
      SimulatedReplica waiting = replica(message.isReply() ? message.to() : message.from());
      int peer = message.isReply() ? message.from() : message.to();
      int life = waiting.life();
      later(
          networkDelay(),
          () -> waiting.when(life, () -> waiting.step(new Input.Unreachable(peer))));
    }
  }

  SimulatedReplica replica(int id) {
    return replicas.get(id - 1);
  }
}
