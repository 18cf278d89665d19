package toystore.simulation;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import toystore.edge.Loop;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;
import toystore.model.Role;
import toystore.order.OrderQueries;
import toystore.order.Proofs;
import toystore.raft.core.RaftCommand;
import toystore.raft.core.RaftInput;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.Effects;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/** An order replica: a core of either engine, and its shell's part, on a disk that may fail. */
final class Replica extends Service {
  private static final int SNAPSHOT_CHUNK = 4;
  private static final Runnable NOTHING = () -> {};

  final int id;
  private final ReplicaDisk disk;
  private final PurchaseDesk purchases;
  private final Loop loop = new VirtualLoop(this);
  private final OrderState state;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private ReplicaCore core;
  private Proofs proofs;
  private OrderQueries queries;
  private LogMirror log = new LogMirror();
  private boolean writing;
  private int ticksSinceSave;
  private long stuckUntilMs;

  Replica(World world, int id, ReplicaDisk disk) {
    super(world, id - 1, "order-" + id);
    this.id = id;
    this.disk = disk;
    this.purchases = new PurchaseDesk(this);
    this.state = new OrderState(this);
  }

  ReplicaDisk disk() {
    return disk;
  }

  ReplicaCore.Status status() {
    return core.status();
  }

  boolean leads() {
    return isUp() && status().role() == Role.LEADER;
  }

  List<Entry> unapplied() {
    return core.unapplied();
  }

  OrderBook book() {
    return state.book();
  }

  PurchaseDesk purchases() {
    return purchases;
  }

  OrderQueries queries() {
    return queries;
  }

  /** The log as the core holds it, durable or not. */
  LogMirror log() {
    return log;
  }

  /** Index up to which everything is in the book. */
  long applied() {
    return state.entries().size();
  }

  /** All that is in the book, as this replica applied it or found it on its disk. */
  List<Entry> state() {
    return state.entries();
  }

  /** All orders in the book, by number; each is the entry that made it. */
  List<Entry> orders() {
    return state.orders();
  }

  @Override
  void started() {
    core = disk.boot(world.chance.next());
    log = disk.logAtBoot();
    state.load(disk);
    world.log.booted(this);
    writing = false;
    ticksSinceSave = 0;
    purchases.open();
    proofs = new Proofs(loop, Duration.ofMillis(Times.PROOF_TIMEOUT_MS));
    queries = new OrderQueries(state.book(), core::status, this::majorityLost, this::prove);
    tickLater();
  }

  /** Of the writes under way some may have made it, and the last of these in part. */
  @Override
  void stopped() {
    int made = world.chance.below(waiting.size() + 1);
    for (Job job : waiting) {
      if (made-- > 0) {
        carryOut(job);
      } else {
        tear(job);
        break;
      }
    }
    waiting.clear();
    world.trace.note(this, () -> "disk has " + disk.text());
  }

  private void tear(Job job) {
    int done = world.chance.below(job.commands().size() + 1);
    for (Command command : job.commands().subList(0, done)) {
      disk.carryOut(command, state.upTo(job.known()));
    }
    if (done < job.commands().size()) {
      disk.tear(job.commands().get(done), state.upTo(job.known()));
    } else if (world.chance.oneIn(2)) {
      job.write().ifPresent(write -> disk.tear(write, world.chance));
    }
  }

  private boolean majorityLost() {
    return world.wiring.provesAbsence() && purchases.status().majorityLost();
  }

  private Future<Boolean> prove() {
    if (!world.wiring.provesAbsence()) {
      return Future.succeededFuture(true);
    }
    long readId = proofs.nextId();
    Future<Boolean> proof = proofs.await(readId);
    step(new Input.Prove(readId));
    return proof;
  }

  private void tickLater() {
    after(Times.REPLICA_TICK_MS + world.chance.between(-1, 1), () -> {
      tickLater();
      step(new Input.Tick());
      proofs.expire();
      purchases.tick();
      saveInAWhile();
    });
  }

  /** What is applied is written for a quick start only: it can be had from the log again. */
  private void saveInAWhile() {
    if (++ticksSinceSave >= Times.SAVE_TICKS) {
      ticksSinceSave = 0;
      OrderState.Known known = state.known();
      if (disk.savesWithTheLog()) {
        enqueue(new Job(List.of(), Optional.empty(), List.of(), known, true, NOTHING));
      } else {
        after(diskDelay(), () -> {
          if (disk.save(state.upTo(known))) {
            step(new RaftInput.Saved(known.entries()));
          }
        });
      }
    }
  }

  /** No write that begins from now on ends before so much time has passed. */
  void stickDisk(int forMs) {
    world.trace.note(this, "disk is stuck");
    stuckUntilMs = world.timeline.now() + forMs;
  }

  private int diskDelay() {
    if (stuckUntilMs > world.timeline.now()) {
      return (int) (stuckUntilMs - world.timeline.now());
    }
    boolean slow = !world.isCalm() && world.chance.percent(world.plan.slowPercent());
    return world.chance.below(slow ? 60 : 4);
  }

  void step(Input input) {
    Effects effects;
    try {
      effects = core.step(input);
    } catch (IllegalStateException | IllegalArgumentException broken) {
      throw new Violation(this + " finds: " + broken.getMessage(), broken);
    }
    effects.toSend().forEach(world.network::send);
    for (Command command : effects.commands()) {
      begin(command);
    }
    effects.toPersist().ifPresent(write -> {
      world.log.writes(this, write);
      log.write(write, write.append().size());
    });
    Job job = job(effects.commands(), effects.toPersist(), effects.toSendOnceDurable(), NOTHING);
    if (!world.wiring.waitsForTheDisk()) {
      job.messages().forEach(world.network::send);
      job = job(job.commands(), job.write(), List.of(), NOTHING);
    }
    enqueue(job);
    effects.toApply().forEach(state::apply);
    effects.proven().forEach(readId -> proofs.end(readId, true));
    effects.unproven().forEach(readId -> proofs.end(readId, false));
    effects.facts().forEach(this::happened);
  }

  private void happened(Fact fact) {
    world.trace.note(this, fact::toString);
    world.log.happened(this, fact);
    purchases.happened(fact);
  }

  /** What an engine's own command does at once; the rest is for the disk, in its turn. */
  private void begin(Command command) {
    if (command instanceof RaftCommand.ReadSnapshot read) {
      after(1 + world.chance.below(4), () -> {
        long end = Math.min(read.state().index(), read.offset() + SNAPSHOT_CHUNK);
        String piece = Snapshot.text(disk.saved(), read.offset(), end, world.wiring);
        step(new RaftInput.SnapshotRead(
            read.peer(), new SnapshotChunk(read.state(), read.offset(), end, piece)));
      });
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      state.stage(stage.chunk());
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      state.install(install.state());
      world.log.restored(this);
      log.coveredThrough(install.state());
    } else if (command instanceof RaftCommand.DropThrough drop) {
      log.dropThrough(drop.base());
    }
  }

  /** Runs it when everything so far survives a crash. */
  void onceDurable(Runnable act) {
    if (waiting.isEmpty()) {
      act.run();
    } else {
      waiting.add(job(List.of(), Optional.empty(), List.of(), act));
    }
  }

  private Job job(
      List<Command> commands, Optional<Write> write, List<Message> messages, Runnable then) {
    return new Job(commands, write, messages, state.known(), false, then);
  }

  private void enqueue(Job job) {
    if (!job.touchesDisk() && waiting.isEmpty()) {
      job.messages().forEach(world.network::send);
    } else if (job.touchesDisk() || !job.messages().isEmpty()) {
      waiting.add(job);
      startWriting();
    }
  }

  private void startWriting() {
    if (!writing && !waiting.isEmpty()) {
      writing = true;
      after(diskDelay(), world.diskFails() ? this::failWriting : this::finishWriting);
    }
  }

  /** Some of what waits, in one transaction. */
  private void finishWriting() {
    List<Job> done = new ArrayList<>();
    for (int many = 1 + world.chance.below(4); many > 0 && !waiting.isEmpty(); many--) {
      done.add(waiting.poll());
      carryOut(done.get(done.size() - 1));
    }
    tell(done);
  }

  private void failWriting() {
    world.trace.note(this, "cannot write");
    if (world.wiring.stopsAfterAFailedWrite()) {
      world.faults.crash(this);
    } else {
      List<Job> lost = new ArrayList<>(waiting);
      waiting.clear();
      tell(lost);
    }
  }

  private void tell(List<Job> done) {
    writing = false;
    for (Job job : done) {
      job.messages().forEach(world.network::send);
      job.then().run();
      job.write().ifPresent(write -> step(new Input.Persisted(write.id())));
    }
    startWriting();
  }

  private void carryOut(Job job) {
    job.commands().forEach(command -> disk.carryOut(command, state.upTo(job.known())));
    job.write().ifPresent(disk::write);
    if (job.saves()) {
      disk.save(state.upTo(job.known()));
    }
  }

  <A> Reply<A> reply(A answer) {
    return new Reply<>(answer, new KnownLeader(status().leader(), status().promised()));
  }

  ReplicaHealth health() {
    ReplicaCore.Status status = core.status();
    boolean ready = purchases.status().ready();
    return ReplicaHealth.of(id, world.engine.toString(), status.role())
        .knows(status.leader(), status.promised())
        .log(status.last(), status.committed())
        .eligible(status.role() != Role.REBUILDING && !status.diskStuck())
        .ready(ready)
        .serving(ready && status.quorate() && purchases.status().catalogReachable())
        .catalogClockMs(purchases.catalogClock())
        .build();
  }
}
