package toystore.raft;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import toystore.disk.DataFolderException;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.LogPosition;

/**
 * The log on disk: preallocated segments, oldest first, and term and vote beside them. Changes are
 * durable after {@link #sync}. Owned by one thread.
 */
final class SegmentedLog implements AutoCloseable {
  static final int SEGMENT_BYTES = 8 << 20;

  private static final String PROMISE = "promise";

  private final Path folder;
  private final int segmentBytes;
  private final PromiseFile promise;
  private final Deque<SegmentFile> segments = new ArrayDeque<>();
  private final List<Entry> found;

  private SegmentedLog(
      Path folder,
      int segmentBytes,
      PromiseFile promise,
      List<SegmentFile> files,
      List<Entry> found) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.promise = promise;
    this.found = found;
    segments.addAll(files);
  }

  /**
   * Opens the log, or makes one that is empty and has promised nothing.
   *
   * @throws DataFolderException when it is damaged, or cannot be used
   */
  static SegmentedLog open(Path folder, int segmentBytes) {
    try {
      Files.createDirectories(folder);
      List<Path> paths = segmentPaths(folder);
      if (Files.notExists(folder.resolve(PROMISE))) {
        if (!paths.isEmpty()) {
          throw DataFolderException.damaged(folder.resolve(PROMISE), "it is missing", null);
        }
        PromiseFile.create(folder.resolve(PROMISE));
        syncFolder(folder);
      }
      List<Entry> entries = new ArrayList<>();
      List<SegmentFile> files = openSegments(paths, entries);
      return new SegmentedLog(folder, segmentBytes, openPromise(folder), files, entries);
    } catch (IOException e) {
      throw new DataFolderException("log " + folder + " cannot be used: " + e, e);
    }
  }

  private static PromiseFile openPromise(Path folder) throws IOException {
    try {
      return PromiseFile.open(folder.resolve(PROMISE));
    } catch (LogFormat.DamageException e) {
      throw DataFolderException.damaged(folder.resolve(PROMISE), e.getMessage(), e);
    }
  }

  static List<Path> segmentPaths(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(SegmentFile::isSegment).sorted().toList();
    }
  }

  private static List<SegmentFile> openSegments(List<Path> paths, List<Entry> entries)
      throws IOException {
    List<SegmentFile> files = new ArrayList<>();
    for (Path path : paths) {
      try {
        SegmentFile file =
            SegmentFile.open(path, path.equals(paths.get(paths.size() - 1)), entries);
        if (!files.isEmpty() && !files.get(files.size() - 1).last().equals(file.before())) {
          throw DataFolderException.damaged(
              path, "it does not follow " + files.get(files.size() - 1).last(), null);
        }
        files.add(file);
      } catch (LogFormat.DamageException e) {
        throw DataFolderException.damaged(path, e.getMessage(), e);
      }
    }
    return files;
  }

  /** Makes new, moved and deleted files of a folder durable. */
  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  Promise promise() {
    return promise.promise();
  }

  LogPosition base() {
    return segments.isEmpty() ? LogPosition.START : segments.peekFirst().before();
  }

  /** The entries found when it was opened. */
  List<Entry> found() {
    return found;
  }

  void promise(Promise newPromise) throws IOException {
    promise.set(newPromise);
  }

  void append(List<Entry> entries) throws IOException {
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
  }

  private void startSegment(LogPosition before) throws IOException {
    segments.add(SegmentFile.create(folder, before, segmentBytes));
    syncFolder(folder);
  }

  /** Removes all entries from this index on. Durable with what follows, or before it. */
  void truncateFrom(long index) throws IOException {
    boolean deleted = false;
    while (segments.size() > 1 && segments.peekLast().before().index() >= index) {
      segments.removeLast().delete();
      deleted = true;
    }
    if (deleted) {
      syncFolder(folder);
    }
    if (index <= segments.peekLast().last().index()) {
      segments.peekLast().truncateFrom(index);
    }
  }

  /** Deletes the segments whose entries are all at or below this index. */
  void dropThrough(long index) throws IOException {
    boolean deleted = false;
    while (segments.size() > 1 && segments.peekFirst().last().index() <= index) {
      segments.removeFirst().delete();
      deleted = true;
    }
    if (deleted) {
      syncFolder(folder);
    }
  }

  boolean holds(LogPosition position) {
    return segments.stream()
        .filter(segment -> segment.before().index() <= position.index())
        .filter(segment -> position.index() <= segment.last().index())
        .anyMatch(segment -> segment.positionAt(position.index()).equals(position));
  }

  /** The state on disk covers this position: the log goes on from there, if it does not hold it. */
  void meet(LogPosition state) throws IOException {
    if (holds(state)) {
      return;
    }
    // The newest first: whatever a crash leaves is a log that still starts where it did.
    while (!segments.isEmpty()) {
      segments.removeLast().delete();
    }
    syncFolder(folder);
    startSegment(state);
  }

  void sync() throws IOException {
    if (!segments.isEmpty()) {
      segments.peekLast().sync();
    }
  }

  @Override
  public void close() {
    try {
      for (SegmentFile segment : segments) {
        segment.close();
      }
      promise.close();
    } catch (IOException e) {
      throw new DataFolderException("log " + folder + " cannot be closed: " + e, e);
    }
  }
}
