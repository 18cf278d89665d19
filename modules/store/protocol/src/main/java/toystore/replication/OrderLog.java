package toystore.replication;

import java.util.ArrayList;
import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;

/**
 * The log: entries from index 1, without gaps, epochs never falling. Committed entries never
 * change. Its tail is in memory; the entries before that, up to the base, are read where they are
 * asked for. Few do: a follower that is far behind, or a console soon after a start.
 */
public final class OrderLog {
  /** Whoever asks for an older entry asks for its neighbours next. */
  private static final int READ_AHEAD = 256;

  // Invariant: base <= committed, and what is at or below it is durable: it never changes any more.
  private LogPosition base;
  // Invariant: the entry at index i > base is at i - base - 1; epochs never fall.
  private final List<Entry> tail = new ArrayList<>();
  private final OlderEntries older;
  /** Older entries that were read last, without gaps. */
  private List<Entry> lastRead = List.of();
  // Invariant: committed <= lastIndex, it never falls, and no entry up to it is ever replaced.
  private long committed;

  /**
   * A log found on disk.
   *
   * @param base position before the first entry that is in memory
   * @param entries those behind it
   * @param committed highest index known committed, not below the base
   * @param older those up to the base
   */
  public OrderLog(LogPosition base, List<Entry> entries, long committed, OlderEntries older) {
    if (base.index() > committed) {
      throw new IllegalArgumentException("base=" + base + " > " + committed);
    }
    this.base = base;
    this.older = older;
    appendAll(entries);
    commitTo(committed);
  }

  public long lastIndex() {
    return base.index() + tail.size();
  }

  public LogPosition last() {
    return tail.isEmpty() ? base : tail.get(tail.size() - 1).position();
  }

  /** Highest index known committed. */
  public long committed() {
    return committed;
  }

  /** The entry at this index, 1 to {@link #lastIndex()}. */
  public Entry entryAt(long index) {
    return index > base.index() ? tail.get(placeOf(index)) : olderAt(index);
  }

  private int placeOf(long index) {
    return Math.toIntExact(index - base.index() - 1);
  }

  private Entry olderAt(long index) {
    boolean isRead = !lastRead.isEmpty()
        && index >= lastRead.get(0).index()
        && index <= lastRead.get(lastRead.size() - 1).index();
    if (!isRead) {
      lastRead = older(index, READ_AHEAD);
    }
    return lastRead.get((int) (index - lastRead.get(0).index()));
  }

  /** At most {@code limit} older entries from {@code first}, which is one of them. */
  private List<Entry> older(long first, int limit) {
    int most = (int) Math.min(limit, base.index() - first + 1);
    List<Entry> read = older.entries(first, most);
    if (read.size() != most
        || read.get(0).index() != first
        || read.get(most - 1).index() != first + most - 1) {
      throw new IllegalStateException("read " + read.size() + " of " + most + " from " + first);
    }
    return read;
  }

  /** The epoch at this index, 0 to {@link #lastIndex()}; of no entry at 0. */
  public long epochAt(long index) {
    if (index == base.index()) {
      return base.epoch();
    }
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
    if (first > base.index()) {
      int from = placeOf(first);
      return List.copyOf(tail.subList(from, from + Math.min(limit, tail.size() - from)));
    }
    if (limit == 0) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>(older(first, limit));
    entries.addAll(tail.subList(0, Math.min(limit - entries.size(), tail.size())));
    return entries;
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
    tail.add(entry);
  }

  /** Removes the entries from this index on. */
  public void truncateFrom(long index) {
    if (index <= Math.max(committed, base.index())) {
      throw ContradictionException.at(index, committed);
    }
    tail.subList(placeOf(index), tail.size()).clear();
  }

  /** Raises the committed index; a lower one changes nothing. */
  public void commitTo(long index) {
    if (index > lastIndex()) {
      throw new IllegalStateException("commit " + index + " last=" + lastIndex());
    }
    committed = Math.max(committed, index);
  }

  /**
   * Keeps so many entries in memory, or up to twice as many: each is moved once. Those that are not
   * committed stay, and so do those that are not on disk.
   *
   * @param durable a crash leaves all entries up to this index
   */
  public void keepInMemory(int most, long durable) {
    long end = Math.min(Math.min(committed, durable), lastIndex() - most);
    if (end - base.index() >= most) {
      LogPosition newBase = positionAt(end);
      tail.subList(0, placeOf(end) + 1).clear();
      base = newBase;
    }
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
