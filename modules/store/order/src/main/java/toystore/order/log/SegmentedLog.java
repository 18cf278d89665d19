package toystore.order.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;
import toystore.disk.OpenFiles;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/**
 * The log on disk: preallocated segments, oldest first, and term and vote beside them. Changes are
 * durable after {@link #sync}. Owned by one thread.
 */
public final class SegmentedLog implements AutoCloseable {
  /** Its place in the data folder of its replica. */
  public static final String FOLDER = "log";

  public static final int SEGMENT_BYTES = 8 << 20;

  static final String PROMISE = "promise";
  static final String MARK = "mark";
  private static final String SPARE = "next.tmp";

  private final Path folder;
  private final int segmentBytes;
  private final PromiseFile promise;
  /** As the entries say; 0 where none of those that were left by a truncation has said it anew. */
  private long committed;

  private final Deque<SegmentFile> segments = new ArrayDeque<>();
  private final LogPosition foundBehind;
  private List<Entry> found;
  private final SpareSegment spare;
  private final LogFile.Opener files;
  private final OpenFiles inUse = new OpenFiles();
  /** All segments but the newest. */
  private final OpenFiles older = new OpenFiles();

  private final MarkFile mark;

  private SegmentedLog(
      Path folder,
      int segmentBytes,
      FoundLog log,
      LogFile.Opener files,
      Consumer<Throwable> onFailure)
      throws IOException {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    promise = log.promise();
    foundBehind = log.base();
    found = log.entries();
    segments.addAll(log.segments());
    committed = segments.stream().mapToLong(SegmentFile::committed).max().orElse(0);
    this.files = files;
    spare = new SpareSegment(folder.resolve(SPARE), segmentBytes, files, onFailure);
    inUse.add(folder.resolve(PROMISE));
    for (SegmentFile segment : segments) {
      (segment == segments.peekLast() ? inUse : older).add(segment.path());
    }
    demandReaches(MarkFile.read(folder.resolve(MARK)));
    mark = MarkFile.open(folder.resolve(MARK), progress());
    inUse.add(folder.resolve(MARK));
  }

  /**
   * Opens the log, or makes one that is empty and has promised nothing. What is found is durable.
   *
   * @param owner the service whose log it is, such as {@code order-2}
   * @throws DataFolderException when it is damaged or another one's, or cannot be used
   */
  public static SegmentedLog open(Path folder, String owner, int segmentBytes) {
    return open(folder, owner, segmentBytes, LogFile::open);
  }

  static SegmentedLog open(Path folder, String owner, int segmentBytes, LogFile.Opener files) {
    return open(folder, owner, segmentBytes, files, failure -> {});
  }

  /** @param onFailure told, on another thread, of what failed without anyone waiting for it */
  public static SegmentedLog open(
      Path folder,
      String owner,
      int segmentBytes,
      LogFile.Opener files,
      Consumer<Throwable> onFailure) {
    return open(folder, owner, segmentBytes, false, FoundLog.READ_ALL, files, onFailure);
  }

  /**
   * @param newRebuilds whether a log that is made now is one of a replica that is rebuilding
   * @param known index up to which all is known committed: segments that go no further are not
   *     read, but their heads, and of the others few entries up to it are found
   */
  public static SegmentedLog open(
      Path folder,
      String owner,
      int segmentBytes,
      boolean newRebuilds,
      long known,
      LogFile.Opener files,
      Consumer<Throwable> onFailure) {
    try {
      FoundLog found = FoundLog.in(folder, owner, newRebuilds, known, files);
      return new SegmentedLog(folder, segmentBytes, found, files, onFailure);
    } catch (IOException e) {
      throw new DataFolderException("log " + folder + " cannot be used: " + e, e);
    }
  }

  /** What a crash tears was never acknowledged; what the mark names was, so it must be there. */
  private void demandReaches(DurableExtent marked) throws IOException {
    LogPosition position = new LogPosition(marked.digest(), marked.changes());
    if (position.index() > base().index() && !holds(position)) {
      throw DataFolderException.damaged(
          folder, "its entry " + position.index() + " was durable, and is missing", null);
    }
  }

  private DurableExtent progress() {
    return new DurableExtent(last().index(), last().epoch());
  }

  public static List<Path> segmentPaths(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(SegmentFile::isSegment).sorted().toList();
    }
  }

  /** Makes new, moved and deleted files of a folder durable. */
  static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  public Promise promise() {
    return promise.promise();
  }

  /** Whether the replica still lacks what a lost file held. */
  public boolean isRebuilding() {
    return promise.rebuilding();
  }

  /** The index that its entries say is committed; it may be less than what was once written. */
  public long committed() {
    return committed;
  }

  public LogPosition base() {
    return segments.isEmpty() ? LogPosition.START : segments.peekFirst().before();
  }

  public LogPosition last() {
    return segments.isEmpty() ? LogPosition.START : segments.peekLast().last();
  }

  /** The position before the first entry that is given as found. */
  public LogPosition foundBehind() {
    return foundBehind;
  }

  /**
   * The newest entries found when it was opened, all those behind {@link #foundBehind}; given once,
   * for the log itself needs them no more.
   */
  public List<Entry> takeFound() {
    List<Entry> taken = found;
    found = List.of();
    return taken;
  }

  /** Durable when it returns. */
  public void promise(Promise newPromise) throws IOException {
    promise(newPromise, false);
  }

  /** Both at once; durable when it returns. */
  public void promise(Promise newPromise, boolean rebuilding) throws IOException {
    promise.set(newPromise, rebuilding);
  }

  public void append(List<Entry> entries) throws IOException {
    append(entries, 0);
  }

  /** @param upTo what is known committed once all of them are here; 0 to say nothing */
  public void append(List<Entry> entries, long upTo) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    if (segments.isEmpty() || segments.peekLast().isFull(segmentBytes)) {
      sync();
      startSegment(last());
    }
    segments.peekLast().append(entries, upTo > committed ? upTo : 0);
    committed = Math.max(committed, upTo);
    if (segments.peekLast().isFull(segmentBytes / 2)) {
      spare.prepare();
    }
  }

  /** Nothing is written to a segment before it is known to be the newest. */
  private void startSegment(LogPosition before) throws IOException {
    if (!segments.isEmpty()) {
      segments.peekLast().followed();
      inUse.remove(segments.peekLast().path());
      older.add(segments.peekLast().path());
    }
    segments.add(SegmentFile.create(folder, before, spare, files));
    inUse.add(segments.peekLast().path());
    syncFolder(folder);
    promise.newestSegment(before.index() + 1);
  }

  /** Removes all entries from this index on. Durable with what follows, or before it. */
  public void truncateFrom(long index) throws IOException {
    // Before the first entry goes: no crash leaves a log that seems to lack what was removed.
    mark.set(DurableExtent.NONE);
    committed = 0;
    while (segments.size() > 1 && segments.peekLast().before().index() >= index) {
      SegmentFile removed = segments.removeLast();
      promise.newestSegment(segments.peekLast().before().index() + 1);
      delete(removed);
      // One at a time, the newest first: whatever a crash leaves has no gap.
      syncFolder(folder);
    }
    older.remove(segments.peekLast().path());
    inUse.add(segments.peekLast().path());
    segments.peekLast().newestAgain();
    if (index <= segments.peekLast().last().index()) {
      segments.peekLast().truncateFrom(index);
    }
  }

  /** Deletes the segments whose entries are all at or below this index. */
  public void dropThrough(long index) throws IOException {
    while (segments.size() > 1 && segments.peekFirst().last().index() <= index) {
      delete(segments.removeFirst());
      // One at a time, the oldest first: whatever a crash leaves has no gap.
      syncFolder(folder);
    }
  }

  private void delete(SegmentFile segment) throws IOException {
    inUse.remove(segment.path());
    older.remove(segment.path());
    segment.delete();
  }

  public boolean holds(LogPosition position) throws IOException {
    for (SegmentFile segment : segments) {
      if (segment.holds(position)) {
        return true;
      }
    }
    return false;
  }

  /** The state on disk covers this position: the log goes on from there, if it does not hold it. */
  public void meet(LogPosition state) throws IOException {
    if (holds(state)) {
      return;
    }
    promise.newestSegment(0);
    mark.set(DurableExtent.NONE);
    // The newest first: whatever a crash leaves is a log that still starts where it did.
    while (!segments.isEmpty()) {
      delete(segments.removeLast());
      syncFolder(folder);
    }
    startSegment(state);
  }

  /** While nothing is written, nobody else looks whether the files are there. */
  public void watchedIn(DataFolder data) {
    data.watchToo(inUse);
    data.watchToo(older);
  }

  /** What was synced counts only where it can be found again. */
  void demandInPlace() {
    inUse.demandInPlace();
    older.demandNextInPlace();
  }

  public void sync() throws IOException {
    if (!segments.isEmpty()) {
      segments.peekLast().sync();
      mark.write(progress());
    }
  }

  @Override
  public void close() {
    try {
      for (SegmentFile segment : segments) {
        segment.close();
      }
      spare.close();
      promise.close();
      mark.close();
    } catch (IOException e) {
      throw new DataFolderException("log " + folder + " cannot be closed: " + e, e);
    }
  }
}
