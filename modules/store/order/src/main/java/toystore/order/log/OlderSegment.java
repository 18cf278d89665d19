package toystore.order.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.Entry;

/** Where in one segment to look for an entry. Owned by {@link OlderSegments}. */
final class OlderSegment {
  /** A place is kept of one entry in so many: four bytes for some 25 kB of log. */
  private static final int EVERY = 256;

  private final Path path;
  private final LogPosition before;
  // Invariant: of entry `before + 1 + EVERY * i` the record starts at places[i]; known ones first.
  private int[] places = new int[16];
  private int known;
  /** Index of the last entry that was seen in here. */
  private long reached;

  OlderSegment(Path path, LogPosition before) {
    this.path = path;
    this.before = before;
    this.reached = before.index();
    places[known++] = LogFormat.SEGMENT_HEAD;
  }

  Path path() {
    return path;
  }

  LogPosition before() {
    return before;
  }

  boolean startsAt(long index) {
    return before.index() + 1 == index;
  }

  /** Whether an entry this far on was seen in here. */
  boolean reaches(long index) {
    return index <= reached;
  }

  /** Entry by entry, as they are seen: where this one ends, for ever, the next one starts. */
  private void pass(long index, int end) {
    if (index - before.index() == (long) EVERY * known) {
      if (known == places.length) {
        places = Arrays.copyOf(places, 2 * known);
      }
      places[known++] = end;
    }
    reached = Math.max(reached, index);
  }

  /** Adds the entries from one index to another, all of which are in here. */
  void read(SegmentWindow bytes, long first, long last, List<Entry> entries)
      throws IOException, DamageException {
    int place = (int) Math.min(known - 1, (first - before.index() - 1) / EVERY);
    int at = places[place];
    long index = before.index() + 1 + (long) EVERY * place;
    for (; index < first; index++) {
      at += demand(bytes.sizeAt(at), index, at);
      pass(index, at);
    }
    long epoch = before.epoch();
    for (; index <= last; index++) {
      int end = at + demand(bytes.wholeSizeAt(at), index, at);
      Entry entry = bytes.entryAt(at);
      if (entry.index() != index || entry.epoch() < epoch) {
        throw new DamageException("entry " + entry.position() + " is where " + index
            + " must be, behind one of epoch " + epoch);
      }
      entries.add(entry);
      epoch = entry.epoch();
      at = end;
      pass(index, at);
    }
  }

  private static int demand(int size, long index, int at) throws DamageException {
    if (size == 0) {
      throw new DamageException("entry " + index + " at byte " + at + " is damaged");
    }
    return size;
  }
}
