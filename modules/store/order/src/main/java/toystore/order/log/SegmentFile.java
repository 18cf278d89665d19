package toystore.order.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import toystore.disk.DataFolderException;
import toystore.model.LogPosition;
import toystore.replication.Entry;

/**
 * One file of the log: entries from an index on, then zeros up to its preallocated size. Owned by
 * {@link SegmentedLog}.
 */
final class SegmentFile {
  private static final String SUFFIX = ".log";

  /** So many of a segment's entries are given at least: a follower just behind may ask for them. */
  private static final int KEPT = 4_096;

  private final Path path;
  private final LogFile.Opener files;
  private final LogPosition before;
  /** First index of each epoch in here: not of each entry, for a log may be long. */
  private final NavigableMap<Long, Long> epochs = new TreeMap<>();
  /** Where the records start; of a segment that was followed by another, they are read again. */
  private List<Integer> offsets = new ArrayList<>();

  private final List<ByteBuffer> unwritten = new ArrayList<>();
  /** Null where this is not the newest segment: a log that is never cut has many others. */
  private LogFile file;

  private long lastIndex;
  private long committed;
  private int end;
  private int inBatch;
  /** What was passed over at the start: only where it begins and ends is known. */
  private boolean passedOver;

  private SegmentFile(Path path, LogFile.Opener files, LogPosition before) {
    this.path = path;
    this.files = files;
    this.before = before;
    this.lastIndex = before.index();
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
  static SegmentFile create(
      Path folder, LogPosition before, SpareSegment spare, LogFile.Opener files)
      throws IOException {
    // A crash while it is made must not leave half a head under the real name.
    SegmentFile segment = new SegmentFile(pathOf(folder, before), files, before);
    segment.file = spare.take();
    segment.file.write(LogFormat.segmentHead(before), 0);
    segment.file.force();
    Files.move(spare.path(), segment.path);
    segment.end = LogFormat.SEGMENT_HEAD;
    return segment;
  }

  /** A segment that was opened, and its last entries. */
  record Opened(SegmentFile segment, LogPosition base, List<Entry> entries) {}

  /**
   * Opens a segment and gives its last entries, all durable; what a crash tore or left cut is gone.
   *
   * @param known entries up to this index need not be given; some of them are all the same
   */
  static Opened open(Path path, boolean last, long known, LogFile.Opener files)
      throws IOException, DamageException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    Segment read = LogFormat.read(bytes, last);
    long from = Math.max(read.before().index(), Math.min(known, read.lastIndex() - KEPT));
    // Before anything is written: what is refused stays as it was found.
    List<Entry> entries = read.entriesBehind(from, bytes);
    SegmentFile segment = new SegmentFile(path, files, read.before());
    segment.reaches(read);
    segment.committed = read.committed();
    segment.end = read.end();
    if (last) {
      segment.file = files.open(path);
      segment.offsets.addAll(read.offsets());
      segment.settle(bytes, read);
    }
    return new Opened(segment, segment.positionAt(from), entries);
  }

  /**
   * A segment of which all entries are known committed: they are read when somebody asks for them.
   *
   * @param next where the one behind it starts
   */
  static SegmentFile passOver(Path path, LogFile.Opener files, LogPosition next)
      throws IOException, DamageException {
    SegmentFile segment = new SegmentFile(path, files, head(path));
    if (next.compareTo(segment.before) <= 0 || next.index() <= segment.before.index()) {
      throw new DamageException("it starts after " + segment.before + ", and ends at " + next);
    }
    segment.lastIndex = next.index();
    segment.epochs.put(next.index(), next.epoch());
    segment.passedOver = true;
    return segment;
  }

  /** The position before the first entry, by the head of the file alone. */
  static LogPosition head(Path path) throws IOException, DamageException {
    try (InputStream bytes = Files.newInputStream(path)) {
      LogPosition before =
          LogFormat.readSegmentHead(ByteBuffer.wrap(bytes.readNBytes(LogFormat.SEGMENT_HEAD)));
      if (before.index() + 1 != firstIndexOf(path)) {
        throw new DamageException("it starts after " + before);
      }
      return before;
    }
  }

  /** Of a segment that was passed over, what is known of any other. */
  private void read() throws IOException {
    if (passedOver) {
      LogPosition end = last();
      Segment read = readAll();
      passedOver = false;
      epochs.clear();
      reaches(read);
      this.end = read.end();
      if (!last().equals(end)) {
        throw DataFolderException.damaged(path, "it ends at " + last() + " and not " + end, null);
      }
    }
  }

  private Segment readAll() throws IOException {
    try {
      return LogFormat.read(ByteBuffer.wrap(Files.readAllBytes(path)), file != null);
    } catch (DamageException e) {
      throw e.of(path);
    }
  }

  /**
   * What was read may be in memory alone: a kill between write and sync leaves it there, and so
   * does a failed sync, after which the pages even pass for written (Rebello et al., "Can
   * Applications Recover from fsync Failures?", 2020). So it is written again before it counts.
   * Only the last segment needs that: none is begun before the one before it is durable.
   */
  private void settle(ByteBuffer found, Segment read) throws IOException {
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
    return positionAt(lastIndex);
  }

  /** Whether this position is in here, or the one before the first entry. */
  boolean holds(LogPosition position) throws IOException {
    long index = position.index();
    if (index < before.index() || index > lastIndex) {
      return false;
    }
    if (index > before.index() && index < lastIndex) {
      read();
    }
    return positionAt(index).equals(position);
  }

  private LogPosition positionAt(long index) {
    return index == before.index()
        ? before
        : new LogPosition(epochs.floorEntry(index).getValue(), index);
  }

  /** The highest index that the entries found in here say was committed; 0 where they say none. */
  long committed() {
    return committed;
  }

  private void reaches(Segment read) {
    lastIndex = read.lastIndex();
    epochs.putAll(read.epochs());
  }

  private void reaches(Entry entry) {
    lastIndex = entry.index();
    if (epochs.isEmpty() || epochs.lastEntry().getValue() != entry.epoch()) {
      epochs.put(entry.index(), entry.epoch());
    }
  }

  /** Another one is the newest from now on. */
  void followed() throws IOException {
    close();
    offsets = new ArrayList<>();
  }

  /** Those that followed it are gone. */
  void newestAgain() throws IOException {
    read();
    if (file == null) {
      file = files.open(path);
    }
  }

  boolean isFull(int limit) {
    return end >= limit;
  }

  /**
   * Takes entries in; they are written, and durable, with the next {@link #sync}.
   *
   * @param upTo what is known committed once all of them are here; 0 to say nothing
   */
  void append(List<Entry> entries, long upTo) {
    long newest = entries.get(entries.size() - 1).index();
    for (Entry entry : entries) {
      // With the last one: a torn write must not know more committed than it has.
      ByteBuffer record = LogFormat.record(entry, inBatch++, entry.index() == newest ? upTo : 0);
      offsets.add(end);
      reaches(entry);
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
    if (offsets.size() < lastIndex - before.index()) {
      offsets = new ArrayList<>(readAll().offsets());
    }
    int place = (int) (index - before.index() - 1);
    int from = offsets.get(place);
    file.write(LogFormat.cut(index), from);
    file.force();
    finishCut(from, end);
    end = from;
    lastIndex = index - 1;
    epochs.tailMap(index, true).clear();
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
    if (file != null) {
      file.close();
      file = null;
    }
  }

  void delete() throws IOException {
    close();
    Files.delete(path);
  }
}
