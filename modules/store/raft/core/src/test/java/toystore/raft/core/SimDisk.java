package toystore.raft.core;

import java.util.ArrayList;
import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.virtualtime.Chance;

/** What survives a crash: the log with its promise, and the state machine's own disk. */
final class SimDisk {
  private Promise promise = Promise.NONE;
  private LogPosition base = LogPosition.START;
  private List<Entry> log = new ArrayList<>();
  private List<Entry> state = List.of();

  Restored restore() {
    return new Restored(promise, base, log, positionOf(state));
  }

  List<Entry> state() {
    return state;
  }

  /** The log with all that was dropped of it: the state begins with that. */
  List<Entry> all() {
    List<Entry> all = new ArrayList<>(state.subList(0, (int) base.index()));
    all.addAll(log);
    return all;
  }

  boolean isRebuilding() {
    return promise.equals(Promise.NONE);
  }

  static LogPosition positionOf(List<Entry> state) {
    return state.isEmpty() ? LogPosition.START : state.get(state.size() - 1).position();
  }

  void write(Write write) {
    write(write, write.append().size());
  }

  private void write(Write write, int entries) {
    promise = write.promise();
    if (write.truncateFrom() != 0) {
      log.subList((int) (write.truncateFrom() - base.index() - 1), log.size()).clear();
    }
    log.addAll(write.append().subList(0, entries));
  }

  /** The power went while this was written: any part of its entries got there. */
  void tear(Write write, Chance chance) {
    write(write, chance.below(write.append().size() + 1));
  }

  void saveState(List<Entry> newState) {
    state = List.copyOf(newState);
  }

  /** Installs a snapshot; torn, only the state gets there. */
  void install(List<Entry> newState, boolean torn) {
    state = List.copyOf(newState);
    if (!torn) {
      meet(positionOf(state));
    }
  }

  private void meet(LogPosition position) {
    long last = base.index() + log.size();
    boolean held = position.index() > base.index()
        && position.index() <= last
        && log.get((int) (position.index() - base.index() - 1)).position().equals(position);
    if (held) {
      drop(position);
    } else if (position.index() > base.index()) {
      log = new ArrayList<>();
      base = position;
    }
  }

  void carryOut(Command command) {
    if (command instanceof RaftCommand.DropThrough drop
        && drop.base().index() > base.index()
        && drop.base().index() <= base.index() + log.size()) {
      drop(drop.base());
    }
  }

  private void drop(LogPosition newBase) {
    log = new ArrayList<>(log.subList((int) (newBase.index() - base.index()), log.size()));
    base = newBase;
  }

  /** As after a start: what the core would do with a state ahead of the log. */
  void settleAfterStart() {
    meet(positionOf(state));
  }

  /** Whether this disk has the entry, in its log or in its state. */
  boolean has(Entry entry) {
    long index = entry.index();
    if (index <= state.size()) {
      return state.get((int) index - 1).equals(entry);
    }
    return index > base.index()
        && index <= base.index() + log.size()
        && log.get((int) (index - base.index() - 1)).equals(entry);
  }
}
