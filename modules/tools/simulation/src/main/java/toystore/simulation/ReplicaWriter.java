package toystore.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import toystore.order.DurableLog;
import toystore.raft.core.RaftCommand;
import toystore.raft.core.RaftInput;
import toystore.raft.core.SnapshotChunk;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.replication.Input;

/**
 * A replica's disk as its shell writes to it: in order, slowly, sometimes not at all, and torn by a
 * crash. Owned by a {@link Replica}.
 */
final class ReplicaWriter implements DurableLog {
  private static final int SNAPSHOT_CHUNK = 4;
  private static final Runnable NOTHING = () -> {};

  private final Replica replica;
  private final World world;
  private final ReplicaDisk disk;
  private final OrderState state;
  private final Deque<Job> waiting = new ArrayDeque<>();
  private Consumer<Input> core;
  private boolean writing;
  private int ticksSinceSave;
  private long stuckUntilMs;

  ReplicaWriter(Replica replica, ReplicaDisk disk, OrderState state) {
    this.replica = replica;
    this.world = replica.world;
    this.disk = disk;
    this.state = state;
  }

  /** A process starts: nothing waits to be written. */
  void open() {
    writing = false;
    ticksSinceSave = 0;
  }

  /** Of the writes under way some may have made it, and the last of these in part. */
  void crash() {
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
  }

  private void tear(Job job) {
    if (job.command().isPresent()) {
      disk.tear(job.command().get(), state.upTo(job.known()));
    } else if (world.chance.oneIn(2)) {
      job.write().ifPresent(write -> disk.tear(write, world.chance));
    }
  }

  /** No write that begins from now on ends before so much time has passed. */
  void stick(int forMs) {
    world.trace.note(replica, "disk is stuck");
    stuckUntilMs = world.timeline.now() + forMs;
  }

  @Override
  public void feed(Consumer<Input> inputs) {
    core = inputs;
  }

  @Override
  public void persist(Write write, Runnable onDurable) {
    world.log.writes(replica, write);
    replica.log().write(write, write.append().size());
    enqueue(new Job(Optional.empty(), Optional.of(write), state.known(), false, onDurable));
  }

  /** What an engine's own command does at once; the rest is for the disk, in its turn. */
  @Override
  public void carryOut(Command command, Runnable onDurable) {
    if (command instanceof RaftCommand.ReadSnapshot read) {
      replica.after(1 + world.chance.below(4), () -> readSnapshot(read));
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      state.stage(stage.chunk());
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      state.install(install.state());
      world.log.restored(replica);
      replica.log().coveredThrough(install.state());
    } else if (command instanceof RaftCommand.DropThrough drop) {
      replica.log().dropThrough(drop.base());
    }
    enqueue(new Job(Optional.of(command), Optional.empty(), state.known(), false, onDurable));
  }

  private void readSnapshot(RaftCommand.ReadSnapshot read) {
    long end = Math.min(read.state().index(), read.offset() + SNAPSHOT_CHUNK);
    String piece = Snapshot.text(disk.saved(), read.offset(), end);
    core.accept(new RaftInput.SnapshotRead(
        read.peer(), new SnapshotChunk(read.state(), read.offset(), end, piece)));
  }

  /** What is applied is written for a quick start only: it can be had from the log again. */
  @Override
  public void tick() {
    state.seal(disk);
    if (++ticksSinceSave < Times.SAVE_TICKS) {
      return;
    }
    ticksSinceSave = 0;
    OrderState.AppliedCount known = state.known();
    if (disk.savesWithTheLog()) {
      enqueue(new Job(Optional.empty(), Optional.empty(), known, true, NOTHING));
    } else {
      replica.after(delay(), () -> {
        if (disk.save(state.upTo(known))) {
          core.accept(new RaftInput.Saved(known.entries()));
        }
      });
    }
  }

  private int delay() {
    if (stuckUntilMs > world.timeline.now()) {
      return (int) (stuckUntilMs - world.timeline.now());
    }
    boolean slow = !world.isCalm() && world.chance.percent(world.plan.slowPercent());
    return world.chance.below(slow ? 60 : 4);
  }

  private void enqueue(Job job) {
    waiting.add(job);
    startWriting();
  }

  private void startWriting() {
    if (!writing && !waiting.isEmpty()) {
      writing = true;
      replica.after(delay(), world.diskFails() ? this::failWriting : this::finishWriting);
    }
  }

  /** Some of what waits, in one transaction. */
  private void finishWriting() {
    List<Job> done = new ArrayList<>();
    for (int many = 1 + world.chance.below(4); many > 0 && !waiting.isEmpty(); many--) {
      done.add(waiting.poll());
      carryOut(done.get(done.size() - 1));
    }
    end(done);
  }

  private void failWriting() {
    world.trace.note(replica, "cannot write");
    world.faults.crash(replica);
  }

  private void end(List<Job> done) {
    writing = false;
    done.forEach(job -> job.onDurable().run());
    startWriting();
  }

  private void carryOut(Job job) {
    job.command().ifPresent(command -> disk.carryOut(command, state.upTo(job.known())));
    job.write().ifPresent(disk::write);
    if (job.saves()) {
      disk.save(state.upTo(job.known()));
    }
  }

  @Override
  public void close() {}
}
