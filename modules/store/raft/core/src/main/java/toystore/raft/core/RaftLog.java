package toystore.raft.core;

import java.util.ArrayList;
import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Entry;
import toystore.replication.WriteProgress;

/**
 * The log in memory: positions without gaps behind a base, which is the last one compacted away.
 * Owned by {@link RaftCore}.
 */
final class RaftLog {
  /** Invariant: indexes without gaps from base + 1 on, terms never falling (Raft 5.3). */
  private final List<Entry> entries;

  /** Invariant: committed, and covered by the state: nothing below it is needed any more. */
  private LogPosition base;

  /** Told of what goes: a write that is under way does not bring that any more. */
  private final WriteProgress writes;

  /** A log found on disk, and what is known of that disk. */
  RaftLog(LogPosition base, List<Entry> entries, WriteProgress writes) {
    this.base = base;
    this.writes = writes;
    this.entries = new ArrayList<>(entries.size());
    entries.forEach(this::append);
  }

  LogPosition base() {
    return base;
  }

  LogPosition last() {
    return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
  }

  /** The last position that the disk has with all before; of what is below the base, nothing. */
  LogPosition lastDurable() {
    long durable = writes.durable();
    return durable < base.index() ? LogPosition.START : new LogPosition(termAt(durable), durable);
  }

  /** The term of the entry there; {@link Epochs#NONE} where there is none, or none any more. */
  long termAt(long index) {
    if (index == base.index()) {
      return base.epoch();
    }
    return index < base.index() || index > last().index()
        ? Epochs.NONE
        : entry(index).epoch();
  }

  boolean holds(LogPosition position) {
    return position.index() >= base.index()
        && position.index() <= last().index()
        && termAt(position.index()) == position.epoch();
  }

  Entry entry(long index) {
    return entries.get((int) (index - base.index() - 1));
  }

  /** At most so many entries from an index above the base. */
  List<Entry> from(long index, int most) {
    int start = (int) (index - base.index() - 1);
    return List.copyOf(entries.subList(start, Math.min(entries.size(), start + most)));
  }

  /** The highest position held that is not above {@code limit} in index nor in term. */
  LogPosition lastWithin(LogPosition limit) {
    long index = Math.min(limit.index(), last().index());
    while (index > base.index() && termAt(index) > limit.epoch()) {
      index--;
    }
    return index <= base.index() ? base : entry(index).position();
  }

  void append(Entry entry) {
    LogPosition last = last();
    if (entry.index() != last.index() + 1 || entry.epoch() < last.epoch()) {
      throw new IllegalStateException("entry " + entry.position() + " after " + last);
    }
    entries.add(entry);
  }

  void truncateFrom(long index) {
    entries.subList((int) (index - base.index() - 1), entries.size()).clear();
    writes.truncatedFrom(index);
  }

  /** Forgets all up to here but the position. */
  void dropThrough(long index) {
    LogPosition dropped = entry(index).position();
    entries.subList(0, (int) (index - base.index())).clear();
    base = dropped;
  }

  /** The state covers this position, or will: what follows it stays, if the log holds it. */
  void coveredThrough(LogPosition position) {
    if (holds(position)) {
      if (position.index() > base.index()) {
        dropThrough(position.index());
      }
    } else {
      restartAt(position);
    }
  }

  private void restartAt(LogPosition position) {
    entries.clear();
    base = position;
    writes.truncatedFrom(1);
  }
}
