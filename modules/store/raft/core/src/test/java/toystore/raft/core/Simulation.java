package toystore.raft.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;

/**
 * A group of replicas in one thread and virtual time, under faults drawn from a seed: loss,
 * duplication, delay, reordering, one-way and two-way cuts, crashes that lose or tear what is not
 * durable, failing and lost disks, pauses. Then the faults end, and the group must get well.
 */
final class Simulation {
  private static final int TICK_MS = 10;
  private static final int RECOVERY_MS = 20_000;

  private final SplittableRandom random;
  private final SimSettings settings;
  private final Oracle oracle = new Oracle();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<SimReplica> replicas = new ArrayList<>();
  private final Set<Integer> cuts = new HashSet<>();
  private final long[] pausedUntil;
  private final List<Entry> longestState = new ArrayList<>();
  private final int lossPercent;
  private final int slowPercent;
  private final int faultEveryMs;
  private final int keepEntries;
  private final boolean handOver;
  private boolean faulty = true;
  private boolean diskLost;
  private boolean busy = true;
  private long now;
  private long sequence;
  private long nextKey;

  private record Event(long time, long sequence, Runnable run) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  Simulation(SimSettings settings, long seed) {
    this.settings = settings;
    random = new SplittableRandom(seed);
    pausedUntil = new long[settings.members() + 1];
    lossPercent = random.nextInt(3) == 0 ? 0 : random.nextInt(15);
    slowPercent = random.nextInt(20);
    faultEveryMs = 20 + random.nextInt(200);
    keepEntries = random.nextInt(12);
    handOver = random.nextBoolean();
    for (int id = 1; id <= settings.members(); id++) {
      replicas.add(new SimReplica(id, this, settings, random.split()));
    }
  }

  Oracle oracle() {
    return oracle;
  }

  void run() {
    for (SimReplica replica : replicas) {
      start(replica);
      tickForEver(replica);
    }
    every(7, this::client);
    every(40, () -> anyReplica(SimReplica::isUp, SimReplica::save));
    every(faultEveryMs, this::fault);
    // A new group first finds itself: without that no fault has anything to break.
    faulty = false;
    runUntil(500);
    faulty = true;
    runUntil(now + SimSettings.DURATION_MS);
    getWell();
  }

  private void getWell() {
    faulty = false;
    cuts.clear();
    for (SimReplica replica : replicas) {
      pausedUntil[replica.id()] = 0;
      if (!replica.isUp()) {
        start(replica);
      }
    }
    long end = now + RECOVERY_MS;
    long target = oracle.committed() + 5;
    while (now < end) {
      runUntil(now + 50);
      long committed = oracle.committed();
      if (committed >= target) {
        busy = false;
      }
      if (!busy && replicas.stream().allMatch(each -> each.level(committed))) {
        replicas.forEach(replica -> oracle.allAcknowledgedIn(replica.state()));
        return;
      }
    }
    throw new Violation("no progress: committed " + oracle.committed() + ", wanted " + target
        + ", applied "
        + replicas.stream().map(each -> each.id() + ":" + each.state().size()).toList());
  }

  private void runUntil(long time) {
    while (!events.isEmpty() && events.peek().time() <= time) {
      Event event = events.remove();
      now = event.time();
      event.run().run();
    }
    now = time;
  }

  void after(long delayMs, Runnable run) {
    events.add(new Event(now + delayMs, sequence++, run));
  }

  private void every(int periodMs, Runnable run) {
    after(1 + random.nextInt(2 * periodMs), () -> {
      run.run();
      every(periodMs, run);
    });
  }

  private void start(SimReplica replica) {
    List<Integer> peers = IntStream.rangeClosed(1, settings.members())
        .filter(id -> id != replica.id())
        .boxed()
        .toList();
    int window = 1 + random.nextInt(4);
    replica.start(new RaftOptions(
        replica.id(),
        peers,
        new RaftOptions.Timing(8, 2),
        new RaftOptions.Bounds(4, window, keepEntries),
        handOver,
        random.nextLong()));
  }

  private void tickForEver(SimReplica replica) {
    after(TICK_MS, () -> {
      if (replica.isUp() && now >= pausedUntil[replica.id()]) {
        replica.tick();
      }
      tickForEver(replica);
    });
  }

  void send(Message message) {
    if (lost(message)) {
      if (!message.isReply() && random.nextBoolean()) {
        SimReplica sender = replica(message.from());
        int life = sender.life();
        after(1 + random.nextInt(60), () -> unreachable(sender, life, message.to()));
      }
      return;
    }
    int copies = faulty && random.nextInt(20) == 0 ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      after(networkDelayMs(), () -> deliver(message));
    }
  }

  private boolean lost(Message message) {
    return !replica(message.to()).isUp()
        || cuts.contains(link(message.from(), message.to()))
        || faulty && random.nextInt(100) < lossPercent;
  }

  private static int link(int from, int to) {
    return from * 16 + to;
  }

  private int networkDelayMs() {
    boolean slow = faulty && random.nextInt(100) < slowPercent;
    return slow ? random.nextInt(200) : 1 + random.nextInt(4);
  }

  int diskDelayMs() {
    boolean slow = faulty && random.nextInt(100) < slowPercent;
    return slow ? random.nextInt(80) : random.nextInt(4);
  }

  boolean diskFails() {
    return faulty && random.nextInt(1_000) == 0;
  }

  private void deliver(Message message) {
    SimReplica receiver = replica(message.to());
    if (!receiver.isUp()) {
      return;
    }
    if (now < pausedUntil[receiver.id()]) {
      after(pausedUntil[receiver.id()] - now, () -> deliver(message));
    } else {
      receiver.step(new Input.Received(message));
    }
  }

  private void unreachable(SimReplica replica, int life, int peer) {
    if (replica.isUp() && replica.life() == life && now >= pausedUntil[replica.id()]) {
      replica.step(new Input.Unreachable(peer));
    }
  }

  private SimReplica replica(int id) {
    return replicas.get(id - 1);
  }

  private void client() {
    if (!busy) {
      return;
    }
    anyReplica(SimReplica::leads, replica -> {
      if (now < pausedUntil[replica.id()]) {
        return;
      }
      if (random.nextInt(3) == 0) {
        replica.prove(++nextKey);
      } else {
        replica.propose(new PurchaseRequest("key" + ++nextKey, "Tux", 1));
      }
    });
  }

  private void anyReplica(Predicate<SimReplica> which, Consumer<SimReplica> action) {
    List<SimReplica> those = replicas.stream().filter(which).toList();
    if (!those.isEmpty()) {
      action.accept(those.get(random.nextInt(those.size())));
    }
  }

  private void fault() {
    if (!faulty) {
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1 -> anyReplica(SimReplica::isUp, this::stopped);
      case 2 -> anyReplica(SimReplica::leads, this::stopped);
      case 3 -> cut(true);
      case 4 -> cut(false);
      case 5 -> cuts.clear();
      case 6 -> anyReplica(each -> true, this::isolate);
      case 7 -> anyReplica(SimReplica::isUp, this::pause);
      case 8 -> anyReplica(SimReplica::leads, this::pause);
      default -> anyReplica(SimReplica::leads, each -> each.step(new Input.Resign()));
    }
  }

  /** The process has ended; it comes back, sometimes with an empty disk. */
  void stopped(SimReplica replica) {
    replica.crash();
    boolean allElseWell =
        replicas.stream().allMatch(each -> each == replica || each.isUp() && !each.rebuilds());
    if (allElseWell && random.nextInt(5) == 0) {
      replica.loseDisk();
      diskLost = true;
    }
    tellOthers(replica);
    after(10 + random.nextInt(400), () -> {
      if (!replica.isUp()) {
        start(replica);
      }
    });
  }

  private void tellOthers(SimReplica fallen) {
    for (SimReplica other : replicas) {
      if (other.leader() == fallen.id() && random.nextInt(4) > 0) {
        int life = other.life();
        after(1 + random.nextInt(5), () -> unreachable(other, life, fallen.id()));
      }
    }
  }

  private void cut(boolean bothWays) {
    int from = 1 + random.nextInt(settings.members());
    int to = 1 + random.nextInt(settings.members());
    cuts.add(link(from, to));
    if (bothWays) {
      cuts.add(link(to, from));
    }
  }

  private void isolate(SimReplica replica) {
    for (SimReplica other : replicas) {
      cuts.add(link(replica.id(), other.id()));
      cuts.add(link(other.id(), replica.id()));
    }
  }

  private void pause(SimReplica replica) {
    pausedUntil[replica.id()] = now + random.nextInt(500);
  }

  /** No entry is committed before a majority has it on disk. */
  void checkDurable(Entry entry) {
    long copies = replicas.stream().filter(each -> each.disk().has(entry)).count();
    if (!diskLost && copies <= settings.members() / 2) {
      throw new Violation(entry + " is committed on " + copies + " disks");
    }
    longestState.add(entry);
  }

  /** The state after so many entries: the same for all, as the oracle has checked. */
  List<Entry> stateAt(long index) {
    return longestState.subList(0, (int) index);
  }
}
