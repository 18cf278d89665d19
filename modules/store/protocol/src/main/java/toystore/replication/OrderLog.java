package toystore.replication;

import java.util.ArrayList;
import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;

/**
 * The log in memory: entries from index 1, without gaps, epochs never falling. Committed entries
 * never change.
 */
public final class OrderLog {
  // Invariant: the entry at index i is at i - 1; epochs never fall.
  private final List<Entry> entries = new ArrayList<>();
  // Invariant: committed <= lastIndex, it never falls, and no entry up to it is ever replaced.
  private long committed;

  public OrderLog() {}

  public OrderLog(List<Entry> entries, long committed) {
    appendAll(entries);
    commitTo(committed);
  }

  public long lastIndex() {
    return entries.size();
  }

  public LogPosition last() {
    return positionAt(lastIndex());
  }

  /** Highest index known committed. */
  public long committed() {
    return committed;
  }

  /** The entry at this index, 1 to {@link #lastIndex()}. */
  public Entry entryAt(long index) {
    return entries.get(Math.toIntExact(index - 1));
  }

  /** The epoch at this index, 0 to {@link #lastIndex()}; of no entry at 0. */
  public long epochAt(long index) {
    return index == 0 ? Epochs.NONE : entryAt(index).epoch();
  }

  public LogPosition positionAt(long index) {
    return new LogPosition(epochAt(index), index);
  }

  /** Whether this position is in the log: then all up to it equals every log that has it too. */
  public boolean has(LogPosition position) {
    return position.index() <= lastIndex() && epochAt(position.index()) == position.epoch();
  }

  /** At most {@code limit} entries from {@code first}, 1 to one beyond the last; a copy. */
  public List<Entry> slice(long first, int limit) {
    int from = Math.toIntExact(first - 1);
    return List.copyOf(entries.subList(from, from + Math.min(limit, entries.size() - from)));
  }

  /** The last entries, at most so many; a copy. */
  public List<Entry> latest(int most) {
    return slice(Math.max(1, lastIndex() - most + 1), most);
  }

  public void appendAll(List<Entry> more) {
    more.forEach(this::append);
  }

  public void append(Entry entry) {
    if (entry.index() != lastIndex() + 1 || entry.epoch() < last().epoch()) {
      throw new IllegalStateException("entry " + entry.position() + " after " + last());
    }
    entries.add(entry);
  }

  /** Removes the entries from this index on. */
  public void truncateFrom(long index) {
    if (index <= committed) {
      throw ContradictionException.at(index, committed);
    }
    entries.subList(Math.toIntExact(index - 1), entries.size()).clear();
  }

  /** Raises the committed index; a lower one changes nothing. */
  public void commitTo(long index) {
    if (index > lastIndex()) {
      throw new IllegalStateException("commit " + index + " last=" + lastIndex());
    }
    committed = Math.max(committed, index);
  }

  /**
   * Where a leader should try again after its previous position did not match: the last index here,
   * or the one before the first of the conflicting epoch. Never below the committed index, which
   * every leader's log has.
   */
  public long retryBefore(LogPosition previous) {
    if (previous.index() > lastIndex()) {
      return lastIndex();
    }
    long conflicting = epochAt(previous.index());
    long index = previous.index();
    while (index > committed && epochAt(index) == conflicting) {
      index--;
    }
    return index;
  }
}
