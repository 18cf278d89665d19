package toystore.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import toystore.frontend.LeaderSelector.Leader;
import toystore.frontend.ReplicaHealth;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
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

  /** How many entries were applied, and how many orders in the book. */
  private record Known(int entries, int orders) {}

  /** What is to be durable, and what may leave once it is. */
  private record Job(
      List<Command> commands,
      Optional<Write> write,
      List<Message> messages,
      Known known,
      boolean saves,
      Runnable then) {
    boolean touchesDisk() {
      return saves || write.isPresent() || !commands.isEmpty();
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
  /** The orders in the book, as the entries that made them. */
  private List<Entry> orders = new ArrayList<>();

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

  /** All orders in the book, by number; each is the entry that made it. */
  List<Entry> orders() {
    return orders;
  }

  @Override
  void started() {
    core = disk.boot(world.chance.next());
    log = disk.logAtBoot();
    staged = new Snapshot();
    state = new ArrayList<>(disk.state());
    book = new OrderBook(1);
    orders = new ArrayList<>(disk.load(book));
    world.log.booted(this);
    writing = false;
    ticksSinceSave = 0;
    purchases.open();
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
      disk.carryOut(command, applied(job.known()));
    }
    if (done < job.commands().size()) {
      disk.tear(job.commands().get(done), applied(job.known()));
    } else if (world.chance.oneIn(2)) {
      job.write().ifPresent(write -> disk.tear(write, world.chance));
    }
  }

  private Known known() {
    return new Known(state.size(), orders.size());
  }

  private ReplicaDisk.Applied applied(Known known) {
    return new ReplicaDisk.Applied(
        state.subList(0, known.entries()), orders.subList(0, known.orders()));
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
      Known known = known();
      if (disk.savesWithTheLog()) {
        enqueue(new Job(List.of(), Optional.empty(), List.of(), known, true, NOTHING));
      } else {
        after(diskDelay(), () -> {
          if (disk.save(applied(known))) {
            step(new RaftInput.Saved(known.entries()));
          }
        });
      }
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
    Job job = job(effects.commands(), effects.toPersist(), effects.toSendOnceDurable(), NOTHING);
    if (!world.wiring.waitsForTheDisk()) {
      job.messages().forEach(world.network::send);
      job = job(job.commands(), job.write(), List.of(), NOTHING);
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
        String piece = Snapshot.text(disk.saved(), read.offset(), end, world.wiring);
        step(new RaftInput.SnapshotRead(
            read.peer(), new SnapshotChunk(read.state(), read.offset(), end, piece)));
      });
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      staged.add(stage.chunk(), this::take);
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      if (install.state().index() < state.size()) {
        throw new Violation(this + " goes back from " + state.size() + " to " + install.state());
      }
      staged.addTo(state, install.state());
      world.log.restored(this);
      log.coveredThrough(install.state());
    } else if (command instanceof RaftCommand.DropThrough drop) {
      log.dropThrough(drop.base());
    }
  }

  /** An order of a snapshot's piece: to be seen at once, though not all before it is applied. */
  private void take(long number, Entry entry) {
    world.log.taken(this, number, entry);
    PurchaseRequest purchase = world.wiring.applied(entry).purchase();
    if (number < book.count()) {
      Optional<OrderBook.Placed> known = book.byKey(purchase.key());
      if (!known.equals(Optional.of(new OrderBook.Placed(number, purchase)))) {
        throw new Violation(
            this + " takes " + entry + " as order " + number + ", and has " + known);
      }
      return;
    }
    try {
      book.restore(number, purchase);
    } catch (IllegalStateException broken) {
      throw new Violation(this + " finds: " + broken.getMessage(), broken);
    }
    orders.add(entry);
  }

  private void apply(Entry entry) {
    int number = world.log.applies(this, entry);
    state.add(entry);
    Optional<Order> order = book.apply(world.wiring.applied(entry));
    boolean known = order.isEmpty() && number >= 0 && number < orders.size();
    if (!known && order.map(Order::number).orElse(-1L) != number
        || known && !orders.get(number).equals(entry)) {
      throw new Violation(this + " makes order " + order + " of " + entry + ", not " + number);
    }
    if (order.isPresent()) {
      orders.add(entry);
      world.trace.note(this, () -> "applies " + entry + " as order " + number);
      purchases.applied(entry.purchase(), number);
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
    return new Job(commands, write, messages, known(), false, then);
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
    job.commands().forEach(command -> disk.carryOut(command, applied(job.known())));
    job.write().ifPresent(disk::write);
    if (job.saves()) {
      disk.save(applied(job.known()));
    }
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
