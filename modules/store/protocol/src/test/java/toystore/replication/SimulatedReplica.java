package toystore.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import toystore.model.Role;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;

/** One replica: its core while it is up, its disk always, and the shell's part between them. */
final class SimulatedReplica {
  private final int id;
  private final Simulation simulation;
  private final Invariants invariants;
  /** Effects whose durable part is not carried out yet, in step order. */
  private final Deque<Effects> waiting = new ArrayDeque<>();

  private final Deque<Runnable> deferred = new ArrayDeque<>();
  private DurableState disk = DurableState.fresh();
  private List<Entry> memory = new ArrayList<>();
  private ReplicaCore core;
  private int life;
  private long lastWriteId;
  private boolean paused;
  private boolean diskBusy;

  SimulatedReplica(int id, Simulation simulation, Invariants invariants) {
    this.id = id;
    this.simulation = simulation;
    this.invariants = invariants;
  }

  int id() {
    return id;
  }

  boolean up() {
    return core != null;
  }

  boolean paused() {
    return paused;
  }

  DurableState disk() {
    return disk;
  }

  /** The log as the core holds it, durable or not. */
  List<Entry> memory() {
    return memory;
  }

  ReplicaCore.Status status() {
    return core.status();
  }

  boolean leads() {
    return up() && status().role() == Role.LEADER;
  }

  void start() {
    life++;
    lastWriteId = 0;
    diskBusy = false;
    memory = new ArrayList<>(disk.entries());
    core = simulation.startCore(id, disk);
    invariants.started(this);
    tickLater(life);
  }

  private void tickLater(int ofLife) {
    simulation.later(8 + simulation.random().nextInt(5), () -> {
      if (life == ofLife && up()) {
        when(ofLife, () -> step(new Input.Tick()));
        tickLater(ofLife);
      }
    });
  }

  /** Loses all that is not durable; of the writes under way, some may have made it. */
  void crash() {
    int made = simulation.random().nextInt(3);
    for (Effects effects : waiting) {
      if (effects.toPersist().isPresent() && made-- > 0) {
        write(effects.toPersist().get());
      }
    }
    core = null;
    life++;
    paused = false;
    waiting.clear();
    deferred.clear();
  }

  void loseDisk() {
    disk = DurableState.fresh();
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    while (!paused && !deferred.isEmpty()) {
      deferred.poll().run();
    }
  }

  int life() {
    return life;
  }

  /** Runs now, or when the pause ends; never in a later life. */
  void when(int ofLife, Runnable event) {
    if (life != ofLife || !up()) {
      return;
    }
    if (paused) {
      deferred.add(() -> when(ofLife, event));
    } else {
      event.run();
    }
  }

  void step(Input input) {
    if (input instanceof Input.Prove prove) {
      invariants.proofAsked(id, life, prove.readId());
    }
    Effects effects = core.step(input);
    effects.toPersist().ifPresent(this::accept);
    effects.toSend().forEach(simulation::send);
    waiting.add(effects);
    invariants.stepped(this, effects);
    carryOut();
    for (Fact fact : effects.facts()) {
      if (fact instanceof Fact.Elected elected) {
        // The catalog is not part of this simulation: it always agrees.
        step(new Input.Verified(elected.epoch(), elected.last()));
      }
    }
  }

  private void accept(Write write) {
    invariants.written(this, write);
    if (write.id() != ++lastWriteId) {
      throw new AssertionError("write " + write.id() + " after " + (lastWriteId - 1));
    }
    memory = changed(memory, write);
  }

  private static List<Entry> changed(List<Entry> entries, Write write) {
    List<Entry> changed = write.truncateFrom() == 0
        ? entries
        : new ArrayList<>(entries.subList(0, (int) write.truncateFrom() - 1));
    changed.addAll(write.append());
    return changed;
  }

  /** What waits for no write is done; the first write that is due is given to the disk. */
  private void carryOut() {
    while (!waiting.isEmpty() && waiting.peek().toPersist().isEmpty()) {
      finish(waiting.poll());
    }
    if (!waiting.isEmpty() && !diskBusy) {
      diskBusy = true;
      int ofLife = life;
      simulation.later(simulation.diskDelay(), () -> when(ofLife, this::diskDone));
    }
  }

  /** One or several waiting writes, in one transaction. */
  private void diskDone() {
    diskBusy = false;
    int together = 1 + simulation.random().nextInt(4);
    List<Effects> done = new ArrayList<>();
    while (!waiting.isEmpty() && (together > 0 || waiting.peek().toPersist().isEmpty())) {
      together--;
      done.add(waiting.poll());
      done.get(done.size() - 1).toPersist().ifPresent(this::write);
    }
    done.forEach(this::finish);
    int ofLife = life;
    for (Effects effects : done) {
      effects
          .toPersist()
          .ifPresent(write -> when(ofLife, () -> step(new Input.Persisted(write.id()))));
    }
    carryOut();
  }

  private void write(Write write) {
    List<Entry> entries = changed(new ArrayList<>(disk.entries()), write);
    Promise promise = write.promise();
    disk = new DurableState(
        entries, promise, write.committed(), write.committed(), write.rebuilding());
    if (write.committed() > entries.size()) {
      throw new AssertionError("replica " + id + " writes a committed index beyond its log");
    }
  }

  private void finish(Effects effects) {
    effects.toSendOnceDurable().forEach(simulation::send);
    effects.toApply().forEach(entry -> invariants.applied(this, entry));
    effects.proven().forEach(readId -> invariants.proven(this, readId));
  }
}
