package toystore.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import toystore.model.Role;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Write;
import toystore.virtualtime.Violation;
import toystore.virtualtime.VirtualProcess;

/** One replica: its core while it is up, its disk always, and the shell's part between them. */
public final class SimulatedReplica extends VirtualProcess {
  private final int id;
  private final Simulation simulation;
  private final Invariants invariants;
  private final SimulatedDisk disk;
  /** Effects whose durable part is not carried out yet, in step order. */
  private final Deque<Job> waiting = new ArrayDeque<>();

  private List<Entry> log = List.of();
  private long applied;
  private ReplicaCore core;
  private long lastWriteId;
  private boolean diskBusy;

  /** What must be durable before some messages leave. */
  private record Job(
      List<SimulatedDisk.Work> works, Optional<Write> write, List<Message> messages) {
    boolean touchesDisk() {
      return write.isPresent() || !works.isEmpty();
    }
  }

  SimulatedReplica(int id, Simulation simulation, SimulatedDisk disk) {
    super(simulation.timeline());
    this.id = id;
    this.simulation = simulation;
    this.invariants = simulation.invariants();
    this.disk = disk;
  }

  int id() {
    return id;
  }

  SimulatedDisk disk() {
    return disk;
  }

  /** The whole log as the core knows it, durable or not, with what it has dropped since. */
  public List<Entry> log() {
    return log;
  }

  /** How many entries of it are applied. */
  public long applied() {
    return applied;
  }

  ReplicaCore.ReplicaStatus status() {
    return core.status();
  }

  boolean leads() {
    return isUp() && status().role() == Role.LEADER;
  }

  /** Whether its disk has nothing to do. */
  public boolean isIdle() {
    return waiting.isEmpty();
  }

  @Override
  protected void started() {
    lastWriteId = 0;
    diskBusy = false;
    core = disk.boot(simulation.chance());
    log = new ArrayList<>(disk.log());
    applied = disk.applied();
    invariants.started(this);
    tickLater();
  }

  private void tickLater() {
    after(simulation.chance().between(8, 12) + simulation.lateMs(), () -> {
      tickLater();
      step(new Input.Tick());
    });
  }

  /** Loses all that is not durable; of the writes under way, some may have made it. */
  @Override
  protected void stopped() {
    int made = simulation.chance().below(3);
    waiting.removeIf(job -> !job.touchesDisk());
    for (Job job : waiting) {
      if (made-- > 0) {
        carryOut(job);
      } else {
        job.works().forEach(SimulatedDisk.Work::tear);
        job.write().ifPresent(write -> disk.tear(write, simulation.chance()));
        break;
      }
    }
    waiting.clear();
  }

  /** Takes an input in, and carries its effects out. */
  public void step(Input input) {
    if (input instanceof Input.Prove prove) {
      invariants.proofAsked(this, prove.readId());
    }
    Effects effects = effectsOf(input);
    invariants.replied(input, effects);
    effects.toSend().forEach(simulation::send);
    List<SimulatedDisk.Work> works =
        effects.commands().stream().map(command -> disk.command(command, this)).toList();
    effects.toPersist().ifPresent(this::accept);
    effects.toApply().forEach(this::apply);
    invariants.stepped(this, effects);
    effects.proven().forEach(readId -> invariants.proven(this, readId));
    waiting.add(new Job(works, effects.toPersist(), effects.toSendOnceDurable()));
    startWriting();
    for (Fact fact : effects.facts()) {
      if (fact instanceof Fact.Elected elected) {
        // The catalog is not part of this simulation: it always agrees.
        step(new Input.LogVerified(elected.epoch(), elected.last()));
      }
    }
  }

  private Effects effectsOf(Input input) {
    try {
      return core.step(input);
    } catch (IllegalStateException | IllegalArgumentException broken) {
      throw new Violation("the core itself: " + broken.getMessage(), broken);
    }
  }

  private void accept(Write write) {
    invariants.written(this, write);
    if (write.id() != ++lastWriteId) {
      throw new Violation("write " + write.id() + " after " + (lastWriteId - 1));
    }
    if (write.truncateFrom() > 0) {
      log.subList((int) write.truncateFrom() - 1, log.size()).clear();
    }
    log.addAll(write.append());
  }

  private void apply(Entry entry) {
    invariants.applied(this, entry);
    applied++;
  }

  /** A state from elsewhere takes the place of what it covers, and is applied. */
  public void install(List<Entry> state) {
    int end = state.size();
    boolean held = log.size() >= end && log.get(end - 1).equals(state.get(end - 1));
    List<Entry> rest = held ? log.subList(end, log.size()) : List.of();
    List<Entry> installed = new ArrayList<>(state);
    installed.addAll(rest);
    log = installed;
    state.subList((int) applied, end).forEach(this::apply);
  }

  /** What waits for no write is done; the first write that is due is given to the disk. */
  private void startWriting() {
    while (!waiting.isEmpty() && !waiting.peek().touchesDisk()) {
      waiting.poll().messages().forEach(simulation::send);
    }
    if (!waiting.isEmpty() && !diskBusy) {
      diskBusy = true;
      after(
          simulation.diskDelayMs(),
          simulation.diskFails() ? () -> simulation.faults().crash(this) : this::diskDone);
    }
  }

  /** One or several waiting writes, in one transaction. */
  private void diskDone() {
    diskBusy = false;
    List<Job> done = new ArrayList<>();
    for (int together = simulation.chance().between(1, 4); together > 0; together--) {
      if (!waiting.isEmpty()) {
        done.add(waiting.poll());
      }
    }
    done.forEach(this::carryOut);
    for (Job job : done) {
      job.messages().forEach(simulation::send);
    }
    for (Job job : done) {
      job.write().ifPresent(write -> step(new Input.Persisted(write.id())));
    }
    startWriting();
  }

  private void carryOut(Job job) {
    job.works().forEach(SimulatedDisk.Work::carryOut);
    job.write().ifPresent(disk::write);
  }
}
