package toystore.raft.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Entry;

/**
 * The log in memory: positions without gaps behind a base, which is the last one compacted away;
 * and how much of it the disk has. Owned by {@link RaftCore}.
 */
final class RaftLog {
  /** Invariant: indexes without gaps from base + 1 on, terms never falling (Raft 5.3). */
  private final List<Entry> entries;

  private final Deque<WriteUnderWay> pending = new ArrayDeque<>();
  private LogPosition base;
  /** Invariant: durable <= last. Only a snapshot that is being installed leaves it below the base. */
  private long durable;

  /** A write under way, and how far the log will be durable once it is. */
  private record WriteUnderWay(long writeId, long last) {}

  /** A log found on disk. */
  RaftLog(LogPosition base, List<Entry> entries) {
    this.base = base;
    this.entries = new ArrayList<>(entries.size());
    entries.forEach(this::append);
    durable = last().index();
  }

  LogPosition base() {
    return base;
  }

  LogPosition last() {
    return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
  }

  /** Highest index of which the disk has this and all before. */
  long durable() {
    return durable;
  }

  /** The last position that the disk has with all before; of what is below the base, nothing. */
  LogPosition lastDurable() {
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
    durable = Math.min(durable, index - 1);
    // A write that ends later brought entries that are gone: what stands there by then is not
    // durable.
    List<WriteUnderWay> cut = pending.stream()
        .map(write -> new WriteUnderWay(write.writeId(), Math.min(write.last(), index - 1)))
        .toList();
    pending.clear();
    pending.addAll(cut);
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
    pending.clear();
    base = position;
    durable = 0;
  }

  /** The disk has all up to here, in the log or in the state. */
  void durableThrough(long index) {
    durable = Math.max(durable, index);
  }

  /** This write, now under way, makes the log durable as far as it goes at this moment. */
  void writing(long writeId) {
    pending.add(new WriteUnderWay(writeId, last().index()));
  }

  void persisted(long writeId) {
    while (!pending.isEmpty() && pending.peek().writeId() <= writeId) {
      durable = Math.max(durable, pending.remove().last());
    }
  }
}
