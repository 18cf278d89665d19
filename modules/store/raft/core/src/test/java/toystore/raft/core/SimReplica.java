package toystore.raft.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.model.Role;
import toystore.replication.Effects;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;

/** One replica of a {@link Simulation}: a core, its shell, its disk. */
final class SimReplica {
  private static final int CHUNK = 4;

  private final int id;
  private final Simulation simulation;
  private final SimSettings settings;
  private final SplittableRandom random;
  private final Oracle oracle;
  private SimDisk disk = new SimDisk();
  private RaftCore core;
  private List<Job> queue = new ArrayList<>();
  private List<Job> writing = List.of();
  private List<Entry> state = new ArrayList<>();
  private List<Entry> staged = new ArrayList<>();
  private final Map<Long, Long> reads = new HashMap<>();
  private final Map<String, Long> proposed = new HashMap<>();
  private int life;
  private long leadsTerm;

  /** What must be durable before some messages leave. */
  private record Job(
      List<Command> commands,
      Map<RaftCommand.InstallSnapshot, List<Entry>> installs,
      Optional<Write> write,
      List<Message> messages) {
    boolean touchesDisk() {
      return write.isPresent() || !commands.isEmpty();
    }
  }

  SimReplica(int id, Simulation simulation, SimSettings settings, SplittableRandom random) {
    this.id = id;
    this.simulation = simulation;
    this.settings = settings;
    this.random = random;
    this.oracle = simulation.oracle();
  }

  int id() {
    return id;
  }

  /** Counts up with each start and crash: events of an earlier life are void. */
  int life() {
    return life;
  }

  boolean isUp() {
    return core != null;
  }

  List<Entry> state() {
    return state;
  }

  SimDisk disk() {
    return disk;
  }

  boolean leads() {
    return isUp() && core.status().role() == Role.LEADER;
  }

  int leader() {
    return isUp() ? core.status().leader() : 0;
  }

  boolean rebuilds() {
    return isUp() && core.status().role() == Role.REBUILDING;
  }

  boolean level(long index) {
    return isUp() && !rebuilds() && state.size() == index;
  }

  void start(RaftOptions options) {
    life++;
    Restored restored = disk.restore();
    core = new RaftCore(options, restored);
    disk.settleAfterStart();
    state = new ArrayList<>(simulation.stateAt(restored.saved().index()));
    leadsTerm = 0;
  }

  void crash() {
    life++;
    core = null;
    for (Job job : writing) {
      if (random.nextInt(3) == 0) {
        job.write().ifPresent(write -> disk.tear(write, random));
        break;
      }
      if (random.nextInt(4) == 0 && !job.installs().isEmpty()) {
        job.installs().values().forEach(installed -> disk.install(installed, true));
        break;
      }
      carryOut(job);
    }
    queue = new ArrayList<>();
    writing = List.of();
    staged = new ArrayList<>();
    reads.clear();
    proposed.clear();
  }

  void loseDisk() {
    disk = new SimDisk();
  }

  void tick() {
    step(new Input.Tick());
  }

  void propose(PurchaseRequest purchase) {
    proposed.put(purchase.key(), core.status().last().index() + 1);
    step(new Input.Propose(List.of(purchase)));
  }

  void prove(long readId) {
    reads.put(readId, oracle.lastAcknowledged());
    step(new Input.Prove(readId));
  }

  /** The state machine writes what it has applied to its own disk. */
  void save() {
    if (writing.isEmpty() && queue.isEmpty()) {
      disk.saveState(state);
      step(new RaftInput.Saved(state.size()));
    }
  }

  void step(Input input) {
    Effects effects;
    try {
      effects = core.step(input);
    } catch (IllegalStateException broken) {
      throw new Violation("the core itself: " + broken.getMessage(), broken);
    }
    checkReplies(input, effects);
    effects.toPersist().ifPresent(this::checkAppends);
    checkLeadership();
    effects.toSend().forEach(simulation::send);
    Map<RaftCommand.InstallSnapshot, List<Entry>> installs = new HashMap<>();
    effects.commands().forEach(command -> carryOutInMemory(command, installs));
    effects.toApply().forEach(this::apply);
    answer(effects);
    queue.add(
        new Job(effects.commands(), installs, effects.toPersist(), effects.toSendOnceDurable()));
    startWriting();
    for (Fact fact : effects.facts()) {
      if (fact instanceof Fact.Elected elected) {
        // The catalog is not part of this simulation: it always agrees.
        step(new Input.Verified(elected.epoch(), elected.last()));
      }
    }
  }

  /** A request draws exactly one reply, in the step that took it in. */
  private void checkReplies(Input input, Effects effects) {
    if (input instanceof Input.Received received && !received.message().isReply()) {
      long replies = Stream.concat(effects.toSend().stream(), effects.toSendOnceDurable().stream())
          .filter(
              message -> message.isReply() && message.to() == received.message().from())
          .count();
      if (replies != 1) {
        throw new Violation(replies + " replies to " + received.message());
      }
    }
  }

  private void checkAppends(Write write) {
    for (Entry entry : write.append()) {
      oracle.appended(id, entry, core.log().termAt(entry.index() - 1));
    }
  }

  private void checkLeadership() {
    if (leads() && leadsTerm != core.status().promised()) {
      leadsTerm = core.status().promised();
      oracle.leads(id, leadsTerm, core.log());
    }
  }

  private void carryOutInMemory(
      Command command, Map<RaftCommand.InstallSnapshot, List<Entry>> installs) {
    if (command instanceof RaftCommand.ReadSnapshot read) {
      int readLife = life;
      simulation.after(1 + random.nextInt(5), () -> {
        if (life == readLife) {
          step(new RaftInput.SnapshotRead(read.peer(), chunk(read.state(), read.offset())));
        }
      });
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      if (staged.size() < state.size()) {
        staged = new ArrayList<>(state);
      }
      if (staged.size() < stage.chunk().offset()) {
        throw new Violation("staged " + staged.size() + ", then " + stage);
      }
      decode(stage.chunk().data()).stream()
          .filter(entry -> entry.index() > staged.size())
          .forEach(staged::add);
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      if (install.state().index() < state.size()) {
        throw new Violation("goes back from " + state.size() + " to " + install);
      }
      int size = (int) Math.min(staged.size(), install.state().index());
      List<Entry> installed = staged.subList(0, size);
      if (!SimDisk.positionOf(installed).equals(install.state())) {
        throw new Violation("installs " + install.state() + " from " + staged);
      }
      installed.subList(state.size(), size).forEach(entry -> apply(entry, true));
      installs.put(install, List.copyOf(state));
    }
  }

  private SnapshotChunk chunk(LogPosition position, long offset) {
    long next = Math.min(position.index(), offset + CHUNK);
    String data = state.subList((int) offset, (int) next).stream()
        .map(SimReplica::encode)
        .collect(Collectors.joining(";"));
    return new SnapshotChunk(position, offset, next, data);
  }

  private static String encode(Entry entry) {
    String key = entry.purchase() == null ? "" : entry.purchase().key();
    return entry.index() + "," + entry.epoch() + "," + key;
  }

  private static List<Entry> decode(String data) {
    List<Entry> entries = new ArrayList<>();
    for (String text : data.split(";")) {
      String[] part = text.split(",", -1);
      long index = Long.parseLong(part[0]);
      long term = Long.parseLong(part[1]);
      entries.add(
          part[2].isEmpty()
              ? Entry.noOp(index, term)
              : Entry.of(index, term, new PurchaseRequest(part[2], "Tux", 1)));
    }
    return entries;
  }

  private void apply(Entry entry) {
    apply(entry, false);
  }

  private void apply(Entry entry, boolean fromSnapshot) {
    boolean first = oracle.applied(id, core.status().promised(), entry, state);
    state.add(entry);
    if (first && !fromSnapshot) {
      simulation.checkDurable(entry);
    }
    if (entry.purchase() != null && leads()) {
      acknowledge(entry);
    }
  }

  private void acknowledge(Entry entry) {
    if (settings.trustsIndex()) {
      proposed.forEach((key, index) -> {
        if (index == entry.index()) {
          oracle.acknowledged(key, index);
        }
      });
    } else if (proposed.containsKey(entry.purchase().key())) {
      oracle.acknowledged(entry.purchase().key(), entry.index());
    }
  }

  private void answer(Effects effects) {
    for (long readId : effects.proven()) {
      Long needed = reads.remove(readId);
      if (needed == null) {
        throw new Violation("read " + readId + " answered twice");
      }
      oracle.read(id, state.size(), needed);
    }
    effects.unproven().forEach(reads::remove);
    for (Fact fact : effects.facts()) {
      if (fact instanceof Fact.RoleChanged change && change.role() != Role.LEADER) {
        if (!settings.trustsIndex()) {
          proposed.clear();
        }
      }
    }
  }

  /** One write at a time; whatever waits meanwhile goes into the next. */
  private void startWriting() {
    if (!writing.isEmpty()) {
      return;
    }
    writing = queue;
    queue = new ArrayList<>();
    if (writing.stream().noneMatch(Job::touchesDisk)) {
      finishWriting();
      return;
    }
    int writingLife = life;
    if (simulation.diskFails()) {
      simulation.after(1, () -> failWriting(writingLife));
    } else {
      simulation.after(simulation.diskDelayMs(), () -> {
        if (life == writingLife) {
          finishWriting();
        }
      });
    }
  }

  /** An I/O error: the process ends. Or it goes on, as some have. */
  private void failWriting(int writingLife) {
    if (life != writingLife) {
      return;
    }
    if (settings.ignoresDiskErrors()) {
      List<Job> done = writing;
      writing = List.of();
      done.forEach(this::tellDone);
    } else {
      simulation.stopped(this);
    }
  }

  private void finishWriting() {
    List<Job> done = writing;
    writing = List.of();
    done.forEach(this::carryOut);
    done.forEach(this::tellDone);
    if (isUp() && !queue.isEmpty()) {
      startWriting();
    }
  }

  private void carryOut(Job job) {
    for (Command command : job.commands()) {
      if (command instanceof RaftCommand.InstallSnapshot install) {
        disk.install(job.installs().get(install), false);
      } else {
        disk.carryOut(command);
      }
    }
    job.write().ifPresent(disk::write);
  }

  private void tellDone(Job job) {
    job.messages().forEach(simulation::send);
    job.write().ifPresent(write -> step(new Input.Persisted(write.id())));
  }
}
