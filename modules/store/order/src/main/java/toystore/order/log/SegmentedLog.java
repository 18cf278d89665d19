package toystore.order.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import toystore.disk.DataFolderException;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;
import toystore.disk.OpenFiles;
import toystore.model.Epochs;
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
  private final Deque<SegmentFile> segments = new ArrayDeque<>();
  private List<Entry> found;
  private final SpareSegment spare;
  private final OpenFiles inUse = new OpenFiles();
  private final MarkFile mark;

  private SegmentedLog(
      Path folder,
      int segmentBytes,
      PromiseFile promise,
      List<SegmentFile> segments,
      List<Entry> found,
      LogFile.Opener files,
      Consumer<Throwable> onFailure)
      throws IOException {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.promise = promise;
    this.found = found;
    this.segments.addAll(segments);
    spare = new SpareSegment(folder.resolve(SPARE), segmentBytes, files, onFailure);
    inUse.add(folder.resolve(PROMISE));
    for (SegmentFile segment : segments) {
      inUse.add(segment.path());
    }
    demandReaches(MarkFile.read(folder.resolve(MARK)));
    mark = MarkFile.open(folder.resolve(MARK), progress());
    inUse.add(folder.resolve(MARK));
  }

  /**
   * Opens the log, or makes one that is empty and has promised nothing. What is found is durable.
   *
   * @throws DataFolderException when it is damaged, or cannot be used
   */
  public static SegmentedLog open(Path folder, int segmentBytes) {
    return open(folder, segmentBytes, LogFile::open);
  }

  static SegmentedLog open(Path folder, int segmentBytes, LogFile.Opener files) {
    return open(folder, segmentBytes, files, failure -> {});
  }

  /** @param onFailure told, on another thread, of what failed without anyone waiting for it */
  public static SegmentedLog open(
      Path folder, int segmentBytes, LogFile.Opener files, Consumer<Throwable> onFailure) {
    try {
      Files.createDirectories(folder);
      List<Path> paths = segmentPaths(folder);
      if (Files.notExists(folder.resolve(PROMISE))) {
        if (!paths.isEmpty()) {
          throw DataFolderException.damaged(folder.resolve(PROMISE), "it is missing", null);
        }
        PromiseFile.create(folder.resolve(PROMISE), files);
      }
      // A file made or moved just before a crash counts from here on, too.
      syncFolder(folder);
      syncFolder(folder.toAbsolutePath().getParent());
      PromiseFile promise = openPromise(folder, files);
      demandNewest(paths, promise, folder);
      List<Entry> entries = new ArrayList<>();
      List<SegmentFile> segments = openSegments(paths, files, entries);
      demandPromised(entries, promise.promise(), folder);
      return new SegmentedLog(folder, segmentBytes, promise, segments, entries, files, onFailure);
    } catch (IOException e) {
      throw new DataFolderException("log " + folder + " cannot be used: " + e, e);
    }
  }

  /** Without its newest segment a log would pass for a shorter one. */
  private static void demandNewest(List<Path> paths, PromiseFile promise, Path folder)
      throws IOException {
    long last = paths.isEmpty() ? 0 : SegmentFile.firstIndexOf(paths.get(paths.size() - 1));
    if (last < promise.newestSegment()) {
      throw DataFolderException.damaged(
          folder, "its segment that starts at " + promise.newestSegment() + " is missing", null);
    }
    promise.newestSegment(last);
  }

  /**
   * A term is durable before its first entry is. One that takes part in nothing yet, because it is
   * being rebuilt, has promised nothing.
   */
  private static void demandPromised(List<Entry> entries, Promise promise, Path folder) {
    long newest =
        entries.isEmpty() ? Epochs.NONE : entries.get(entries.size() - 1).epoch();
    if (!promise.equals(Promise.NONE) && promise.epoch() < newest) {
      throw DataFolderException.damaged(
          folder.resolve(PROMISE),
          "it is of term " + Epochs.text(promise.epoch()) + ", but there is an entry of term "
              + Epochs.text(newest) + ": it is an older copy",
          null);
    }
  }

  /** What a crash tears was never acknowledged; what the mark names was, so it must be there. */
  private void demandReaches(DurableExtent marked) {
    LogPosition position = new LogPosition(marked.digest(), marked.changes());
    if (position.index() > base().index() && !holds(position)) {
      throw DataFolderException.damaged(
          folder, "its entry " + position.index() + " was durable, and is missing", null);
    }
  }

  private DurableExtent progress() {
    LogPosition last =
        segments.isEmpty() ? LogPosition.START : segments.peekLast().last();
    return new DurableExtent(last.index(), last.epoch());
  }

  private static PromiseFile openPromise(Path folder, LogFile.Opener files) throws IOException {
    try {
      return PromiseFile.open(folder.resolve(PROMISE), files);
    } catch (DamageException e) {
      throw e.of(folder.resolve(PROMISE));
    }
  }

  public static List<Path> segmentPaths(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(SegmentFile::isSegment).sorted().toList();
    }
  }

  private static List<SegmentFile> openSegments(
      List<Path> paths, LogFile.Opener files, List<Entry> entries) throws IOException {
    List<SegmentFile> segments = new ArrayList<>();
    for (Path path : paths) {
      try {
        boolean last = path.equals(paths.get(paths.size() - 1));
        SegmentFile segment = SegmentFile.open(path, last, files, entries);
        LogPosition end = segments.isEmpty()
            ? segment.before()
            : segments.get(segments.size() - 1).last();
        if (!end.equals(segment.before())) {
          throw DataFolderException.damaged(path, "it does not follow " + end, null);
        }
        segments.add(segment);
      } catch (DamageException e) {
        throw e.of(path);
      }
    }
    return segments;
  }

  /** Makes new, moved and deleted files of a folder durable. */
  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  public Promise promise() {
    return promise.promise();
  }

  public LogPosition base() {
    return segments.isEmpty() ? LogPosition.START : segments.peekFirst().before();
  }

  /** The entries found when it was opened; given once, for the log itself needs them no more. */
  public List<Entry> takeFound() {
    List<Entry> taken = found;
    found = List.of();
    return taken;
  }

  public void promise(Promise newPromise) throws IOException {
    promise.set(newPromise);
  }

  public void append(List<Entry> entries) throws IOException {
    if (entries.isEmpty()) {
      return;
    }
    if (segments.isEmpty() || segments.peekLast().isFull(segmentBytes)) {
      LogPosition last =
          segments.isEmpty() ? LogPosition.START : segments.peekLast().last();
      sync();
      startSegment(last);
    }
    segments.peekLast().append(entries);
    if (segments.peekLast().isFull(segmentBytes / 2)) {
      spare.prepare();
    }
  }

  /** Nothing is written to a segment before it is known to be the newest. */
  private void startSegment(LogPosition before) throws IOException {
    segments.add(SegmentFile.create(folder, before, spare));
    inUse.add(segments.peekLast().path());
    syncFolder(folder);
    promise.newestSegment(before.index() + 1);
  }

  /** Removes all entries from this index on. Durable with what follows, or before it. */
  public void truncateFrom(long index) throws IOException {
    // Before the first entry goes: no crash leaves a log that seems to lack what was removed.
    mark.set(DurableExtent.NONE);
    while (segments.size() > 1 && segments.peekLast().before().index() >= index) {
      SegmentFile removed = segments.removeLast();
      promise.newestSegment(segments.peekLast().before().index() + 1);
      delete(removed);
      // One at a time, the newest first: whatever a crash leaves has no gap.
      syncFolder(folder);
    }
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
    segment.delete();
  }

  boolean holds(LogPosition position) {
    return segments.stream()
        .filter(segment -> segment.before().index() <= position.index())
        .filter(segment -> position.index() <= segment.last().index())
        .anyMatch(segment -> segment.positionAt(position.index()).equals(position));
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

  /** What was synced counts only where it can be found again. */
  void demandInPlace() {
    inUse.demandInPlace();
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
