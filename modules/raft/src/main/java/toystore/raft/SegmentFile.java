package toystore.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import toystore.replication.Entry;
import toystore.replication.LogPosition;

/**
 * One file of the log: entries from an index on, then zeros up to its preallocated size. Owned by
 * {@link SegmentedLog}.
 */
final class SegmentFile {
  private static final String SUFFIX = ".log";

  private final Path path;
  private final FileChannel channel;
  private final LogPosition before;
  private final List<Long> terms = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final List<ByteBuffer> unwritten = new ArrayList<>();
  private int end;
  private int inBatch;

  private SegmentFile(Path path, FileChannel channel, LogPosition before) {
    this.path = path;
    this.channel = channel;
    this.before = before;
  }

  static Path pathOf(Path folder, LogPosition before) {
    return folder.resolve(String.format("%020d%s", before.index() + 1, SUFFIX));
  }

  static boolean isSegment(Path path) {
    return path.getFileName().toString().endsWith(SUFFIX);
  }

  /** Makes a segment; it is there after a crash only once the folder is synced too. */
  static SegmentFile create(Path folder, LogPosition before, int size) throws IOException {
    // A crash while it is made must not leave half a head under the real name.
    Path made = folder.resolve("next.tmp");
    FileChannel channel = FileChannel.open(
        made,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
    SegmentFile segment = new SegmentFile(pathOf(folder, before), channel, before);
    segment.write(ByteBuffer.allocate(size), 0);
    segment.write(LogFormat.segmentHead(before), 0);
    channel.force(true);
    Files.move(made, segment.path);
    segment.end = LogFormat.SEGMENT_HEAD;
    return segment;
  }

  /** Opens a segment and gives its entries; what a crash tore is cut. */
  static SegmentFile open(Path path, boolean last, List<Entry> entries)
      throws IOException, LogFormat.DamageException {
    LogFormat.Segment read = LogFormat.read(ByteBuffer.wrap(Files.readAllBytes(path)), last);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    SegmentFile segment = new SegmentFile(path, channel, read.before());
    read.entries().forEach(entry -> segment.terms.add(entry.epoch()));
    segment.offsets.addAll(read.offsets());
    segment.end = read.end();
    if (read.torn()) {
      segment.clearFrom(read.end());
      channel.force(false);
    }
    entries.addAll(read.entries());
    return segment;
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

  /** Removes the entries from this index on, which must be in here. */
  void truncateFrom(long index) throws IOException {
    sync();
    int place = (int) (index - before.index() - 1);
    clearFrom(offsets.get(place));
    terms.subList(place, terms.size()).clear();
    offsets.subList(place, offsets.size()).clear();
    // What is appended now must not mix with what a crash could bring back.
    channel.force(false);
  }

  /** What is behind the last record is zeros, always: so a torn record can be told from damage. */
  private void clearFrom(int offset) throws IOException {
    long size = channel.size();
    if (size > offset) {
      write(ByteBuffer.allocate((int) (size - offset)), offset);
    }
    end = offset;
  }

  private void write(ByteBuffer bytes, int offset) throws IOException {
    int at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
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
    write(all.rewind(), end - size);
    channel.force(false);
  }

  void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    channel.close();
    Files.delete(path);
  }
}
