package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.model.LogPosition;
import toystore.replication.Entry;

/**
 * One file of the log: entries from an index on, then zeros up to its preallocated size. Owned by
 * {@link SegmentedLog}.
 */
final class SegmentFile {
  private static final String SUFFIX = ".log";

  private final Path path;
  private final LogFile file;
  private final LogPosition before;
  private final List<Long> terms = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final List<ByteBuffer> unwritten = new ArrayList<>();
  private int end;
  private int inBatch;

  private SegmentFile(Path path, LogFile file, LogPosition before) {
    this.path = path;
    this.file = file;
    this.before = before;
  }

  static Path pathOf(Path folder, LogPosition before) {
    return folder.resolve(String.format(Locale.ROOT, "%020d%s", before.index() + 1, SUFFIX));
  }

  /** Index of the first entry of the segment with this path. */
  static long firstIndexOf(Path path) {
    return Long.parseLong(path.getFileName().toString().replace(SUFFIX, ""));
  }

  static boolean isSegment(Path path) {
    return path.getFileName().toString().matches("\\d{20}\\" + SUFFIX);
  }

  /** Makes a segment of a spare; it is there after a crash only once the folder is synced too. */
  static SegmentFile create(Path folder, LogPosition before, SpareSegment spare)
      throws IOException {
    // A crash while it is made must not leave half a head under the real name.
    SegmentFile segment = new SegmentFile(pathOf(folder, before), spare.take(), before);
    segment.file.write(LogFormat.segmentHead(before), 0);
    segment.file.force();
    Files.move(spare.path(), segment.path);
    segment.end = LogFormat.SEGMENT_HEAD;
    return segment;
  }

  /** Opens a segment and gives its entries, all durable; what a crash tore or left cut is gone. */
  static SegmentFile open(Path path, boolean last, LogFile.Opener files, List<Entry> entries)
      throws IOException, DamageException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    LogFormat.Segment read = LogFormat.read(bytes, last);
    SegmentFile segment = new SegmentFile(path, files.open(path), read.before());
    read.entries().forEach(entry -> segment.terms.add(entry.epoch()));
    segment.offsets.addAll(read.offsets());
    segment.end = read.end();
    if (last) {
      segment.settle(bytes, read);
    }
    entries.addAll(read.entries());
    return segment;
  }

  /**
   * What was read may be in memory alone: a kill between write and sync leaves it there, and so
   * does a failed sync, after which the pages even pass for written (Rebello et al., "Can
   * Applications Recover from fsync Failures?", 2020). So it is written again before it counts.
   * Only the last segment needs that: none is begun before the one before it is durable.
   */
  private void settle(ByteBuffer found, LogFormat.Segment read) throws IOException {
    int known = read.end() + (read.cut() ? LogFormat.CUT_SIZE : 0);
    file.write(found.duplicate().position(0).limit(known), 0);
    file.force();
    if (read.cut()) {
      finishCut(read.end(), found.limit());
    } else if (read.torn()) {
      SpareSegment.zero(file, read.end(), found.limit());
      file.force();
    }
  }

  Path path() {
    return path;
  }

  LogPosition before() {
    return before;
  }

  LogPosition last() {
    return terms.isEmpty() ? before : positionAt(before.index() + terms.size());
  }

  LogPosition positionAt(long index) {
    return index == before.index()
        ? before
        : new LogPosition(terms.get((int) (index - before.index() - 1)), index);
  }

  boolean isFull(int limit) {
    return end >= limit;
  }

  /** Takes entries in; they are written, and durable, with the next {@link #sync}. */
  void append(List<Entry> entries) {
    for (Entry entry : entries) {
      ByteBuffer record = LogFormat.record(entry, inBatch++);
      offsets.add(end);
      terms.add(entry.epoch());
      unwritten.add(record);
      end += record.remaining();
    }
  }

  /**
   * Removes the entries from this index on, which must be in here. A mark says so before the first
   * byte goes: half a removal without it would look like damage.
   */
  void truncateFrom(long index) throws IOException {
    sync();
    int place = (int) (index - before.index() - 1);
    int from = offsets.get(place);
    file.write(LogFormat.cut(index), from);
    file.force();
    finishCut(from, end);
    end = from;
    terms.subList(place, terms.size()).clear();
    offsets.subList(place, offsets.size()).clear();
  }

  /**
   * Behind the last record all is zeros: so a torn one can be told from damage. The mark goes last.
   */
  private void finishCut(int from, int to) throws IOException {
    SpareSegment.zero(file, from + LogFormat.CUT_SIZE, to);
    file.force();
    SpareSegment.zero(file, from, from + LogFormat.CUT_SIZE);
    // What is appended now must not mix with what a crash could bring back.
    file.force();
  }

  /** One write and one sync for all that was taken in. */
  void sync() throws IOException {
    if (unwritten.isEmpty()) {
      return;
    }
    int size = unwritten.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer all = ByteBuffer.allocate(size);
    unwritten.forEach(all::put);
    unwritten.clear();
    inBatch = 0;
    file.write(all.rewind(), end - size);
    file.force();
  }

  void close() throws IOException {
    file.close();
  }

  void delete() throws IOException {
    file.close();
    Files.delete(path);
  }
}
