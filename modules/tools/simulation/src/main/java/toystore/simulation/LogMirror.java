package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;

/** A log behind a base, as writes have made it: in a core's memory, or on a disk. */
final class LogMirror {
  private final List<Entry> entries;
  private LogPosition base;

  LogMirror() {
    this(LogPosition.START, List.of());
  }

  LogMirror(LogPosition base, List<Entry> entries) {
    this.base = base;
    this.entries = new ArrayList<>(entries);
  }

  LogPosition base() {
    return base;
  }

  List<Entry> entries() {
    return entries;
  }

  long lastIndex() {
    return base.index() + entries.size();
  }

  /** What follows this index. */
  List<Entry> after(long index) {
    int from = (int) Math.min(entries.size(), Math.max(0, index - base.index()));
    return entries.subList(from, entries.size());
  }

  LogPosition last() {
    return entries.isEmpty() ? base : entries.get(entries.size() - 1).position();
  }

  void write(Write write, int appended) {
    if (write.truncateFrom() > 0) {
      int keep = (int) (write.truncateFrom() - base.index() - 1);
      entries.subList(keep, entries.size()).clear();
    }
    entries.addAll(
        appended == write.append().size() ? write.append() : write.append().subList(0, appended));
  }

  /** Whether it has this very entry; what is behind the base was committed. */
  boolean holds(Entry entry) {
    return entry.index() <= base.index()
        || entry.index() <= lastIndex() && at(entry.index()).equals(entry);
  }

  private Entry at(long index) {
    return entries.get((int) (index - base.index() - 1));
  }

  private boolean holds(LogPosition position) {
    return position.equals(base)
        || position.index() > base.index()
            && position.index() <= lastIndex()
            && at(position.index()).epoch() == position.epoch();
  }

  void dropThrough(LogPosition newBase) {
    if (newBase.index() > base.index() && newBase.index() <= lastIndex()) {
      entries.subList(0, (int) (newBase.index() - base.index())).clear();
      base = newBase;
    }
  }

  /** The state covers this position: what follows it stays, if the log holds it. */
  void coveredThrough(LogPosition state) {
    if (holds(state)) {
      dropThrough(state);
    } else if (state.index() > base.index()) {
      entries.clear();
      base = state;
    }
  }
}
