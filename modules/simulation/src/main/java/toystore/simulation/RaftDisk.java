package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.raft.RaftCommand;
import toystore.raft.RaftOptions;
import toystore.raft.Restored;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.LogPosition;
import toystore.replication.ReplicaCore;

/** A log in files of its own, and the state it has led to, written later. */
final class RaftDisk implements ReplicaDisk {
  private final int id;
  private final List<Integer> peers;
  private final Wiring wiring;
  private final boolean handOver;
  private final int keepEntries;
  private final int window;
  private LogMirror log = new LogMirror();
  private Promise promise = Promise.NONE;
  private LogPosition saved = LogPosition.START;
  private List<Entry> state = new ArrayList<>();
  private Snapshot staged = new Snapshot();

  RaftDisk(int id, List<Integer> members, World world) {
    this.id = id;
    this.peers = members.stream().filter(member -> member != id).toList();
    this.wiring = world.wiring;
    this.handOver = world.plan.handOver();
    this.keepEntries = world.chance.below(12);
    this.window = world.chance.between(1, 4);
  }

  @Override
  public ReplicaCore boot(long seed) {
    RaftOptions options = new RaftOptions(id, peers, 8, 2, 4, window, keepEntries, handOver, seed);
    Restored restored = new Restored(promise, log.base(), log.entries(), saved);
    staged = new Snapshot();
    log.coveredThrough(saved);
    return wiring.raft(options, restored);
  }

  @Override
  public List<Entry> state() {
    return state;
  }

  @Override
  public LogMirror logAtBoot() {
    return new LogMirror(log.base(), log.entries());
  }

  @Override
  public void write(Write write) {
    write(wiring.written(write, promise), write.append().size());
  }

  private void write(Write write, int appended) {
    promise = write.promise();
    log.write(write, appended);
  }

  /** As if fewer entries had been sent. */
  @Override
  public void tear(Write write, Chance chance) {
    write(write, chance.below(write.append().size() + 1));
  }

  @Override
  public void carryOut(Command command) {
    if (command instanceof RaftCommand.DropThrough drop) {
      log.dropThrough(drop.base());
    } else if (command instanceof RaftCommand.StageSnapshot stage) {
      staged.add(stage.chunk());
    } else if (command instanceof RaftCommand.InstallSnapshot install) {
      if (install.state().index() > saved.index()) {
        saveFromLog();
        state = staged.behind(state, install.state());
        saved = install.state();
      }
      log.coveredThrough(install.state());
    }
  }

  /** Pieces start behind what is applied: that is saved with them, and the log has it. */
  private void saveFromLog() {
    for (Entry entry : log.entries()) {
      if (entry.index() == state.size() + 1 && !staged.has(entry.index())) {
        state.add(wiring.saved(entry));
      }
    }
  }

  @Override
  public boolean save(List<Entry> applied) {
    if (applied.size() <= saved.index()) {
      return false;
    }
    applied.subList(state.size(), applied.size()).forEach(entry -> state.add(wiring.saved(entry)));
    saved = applied.get(applied.size() - 1).position();
    return true;
  }

  @Override
  public boolean holds(Entry entry) {
    return entry.index() <= saved.index() || log.holds(entry);
  }

  @Override
  public void lose() {
    log = new LogMirror();
    promise = Promise.NONE;
    saved = LogPosition.START;
    state = new ArrayList<>();
  }

  @Override
  public boolean isRebuilding() {
    return promise.equals(Promise.NONE);
  }

  @Override
  public String text() {
    return "promise=" + promise + " base=" + log.base() + " last=" + log.last() + " saved=" + saved;
  }
}
