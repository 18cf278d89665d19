package toystore.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import toystore.frontend.LeaderSelector.Leader;
import toystore.frontend.ReplicaHealth;
import toystore.model.Order;
import toystore.raft.RaftCommand;
import toystore.raft.RaftInput;
import toystore.raft.SnapshotChunk;
import toystore.replication.Effects;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Fact;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;
import toystore.replication.Role;

/** An order replica: a core of either engine, and its shell's part, on a disk that may fail. */
final class Replica extends Service {
  private static final int SNAPSHOT_CHUNK = 4;
  private static final Runnable NOTHING = () -> {};

  /** What is to be durable, and what may leave once it is. */
  private record Job(
      List<Command> commands, Optional<Write> write, List<Message> messages, Runnable then) {
    boolean touchesDisk() {
      return write.isPresent() || !commands.isEmpty();
    }
  }

  final int id;
  private final ReplicaDisk disk;
  private final PurchaseDesk purchases;
  private final OrderQueries queries;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private ReplicaCore core;
  private OrderBook book = new OrderBook(1);
  private List<Entry> state = new ArrayList<>();
  private Snapshot staged = new Snapshot();
  private LogMirror log = new LogMirror();
  private boolean writing;
  private int ticksSinceSave;

  Replica(World world, int id, ReplicaDisk disk) {
    super(world, id - 1, "order-" + id);
    this.id = id;
    this.disk = disk;
    this.purchases = new PurchaseDesk(this);
    this.queries = new OrderQueries(this);
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

  OrderBook book() {
    return book;
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
    return state.size();
  }

  /** All that is in the book, as this replica applied it or found it on its disk. */
  List<Entry> state() {
    return state;
  }

  @Override
  void started() {
    core = disk.boot(world.chance.next());
    log = disk.logAtBoot();
    staged = new Snapshot();
    takeOver(disk.state());
    world.log.booted(this);
    writing = false;
    ticksSinceSave = 0;
    purchases.open();
    tickLater();
  }

  private void takeOver(List<Entry> found) {
    state = new ArrayList<>(found);
    book = new OrderBook(1);
    state.forEach(entry -> book.apply(world.wiring.applied(entry)));
  }

  /** Of the writes under way some may have made it, and the last of these in part. */
  @Override
  void stopped() {
    int made = world.chance.below(3);
    for (Job job : waiting) {
      if (made-- > 0) {
        carryOut(job);
      } else {
        if (job.write().isPresent() && job.commands().isEmpty() && world.chance.oneIn(2)) {
          disk.tear(job.write().get(), world.chance);
        }
        break;
      }
    }
    waiting.clear();
    world.trace.note(this, () -> "disk has " + disk.text());
  }

  private void tickLater() {
    after(Times.REPLICA_TICK_MS + world.chance.between(-1, 1), () -> {
      tickLater();
      step(new Input.Tick());
      purchases.tick();
      saveInAWhile();
    });
  }

  /** What is applied is written for a quick start only: it can be had from the log again. */
  private void saveInAWhile() {
    if (++ticksSinceSave >= Times.SAVE_TICKS) {
      ticksSinceSave = 0;
      int index = state.size();
      after(diskDelay(), () -> {
        if (disk.save(state.subList(0, index))) {
          step(new RaftInput.Saved(index));
        }
      });
    }
  }

  private int diskDelay() {
    boolean slow = !world.isCalm() && world.chance.percent(world.plan.slowPercent());
    return world.chance.below(slow ? 60 : 4);
  }

  void step(Input input) {
    Effects effects;
    try {
      effects = core.step(input);
    } catch (IllegalStateException broken) {
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
    Job job =
        new Job(effects.commands(), effects.toPersist(), effects.toSendOnceDurable(), NOTHING);
    if (!world.wiring.waitsForTheDisk()) {
      job.messages().forEach(world.network::send);
      job = new Job(job.commands(), job.write(), List.of(), NOTHING);
    }
    enqueue(job);
    effects.toApply().forEach(this::apply);
    effects.proven().forEach(readId -> queries.proven(readId, true));
    effects.unproven().forEach(readId -> queries.proven(readId, false));
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
        String piece = Snapshot.text(disk.state().subList((int) read.offset(), (int) end).stream()
            .map(world.wiring::copied)
            .toList());
        step(new RaftInput.SnapshotRead(
            read.peer(), new SnapshotChunk(read.state(), read.offset(), end, piece)));
      });
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      staged.add(stage.chunk());
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      if (install.state().index() < state.size()) {
        throw new Violation(this + " goes back from " + state.size() + " to " + install.state());
      }
      takeOver(staged.behind(state, install.state()));
      world.log.restored(this);
      log.coveredThrough(install.state());
    } else if (command instanceof RaftCommand.DropThrough drop) {
      log.dropThrough(drop.base());
    }
  }

  private void apply(Entry entry) {
    int number = world.log.applies(this, entry);
    state.add(entry);
    Optional<Order> order = book.apply(world.wiring.applied(entry));
    if (order.map(Order::number).orElse(-1L) != number) {
      throw new Violation(this + " makes order " + order + " of " + entry + ", not " + number);
    }
    if (order.isPresent()) {
      world.trace.note(this, () -> "applies " + entry + " as order " + number);
      purchases.applied(entry.purchase(), number);
    }
  }

  /** Runs it when everything so far survives a crash. */
  void onceDurable(Runnable act) {
    if (waiting.isEmpty()) {
      act.run();
    } else {
      waiting.add(new Job(List.of(), Optional.empty(), List.of(), act));
    }
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
    job.commands().forEach(disk::carryOut);
    job.write().ifPresent(disk::write);
  }

  <A> Reply<A> reply(A answer) {
    return new Reply<>(answer, new Leader(status().leader(), status().promised()));
  }

  ReplicaHealth health() {
    ReplicaCore.Status status = core.status();
    boolean ready = purchases.status().ready();
    return new ReplicaHealth(
        id,
        status.role(),
        status.promised(),
        status.leader(),
        status.last().index(),
        status.committed(),
        status.role() != Role.REBUILDING,
        ready,
        ready && status.quorate() && purchases.status().catalogReachable());
  }
}
