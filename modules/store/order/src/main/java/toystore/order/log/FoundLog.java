package toystore.order.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/**
 * The files of a log as they were found, all durable: they fit, and each that was read is whole.
 *
 * @param base position before the first of the entries
 * @param entries those behind it, up to the last one
 */
record FoundLog(
    PromiseFile promise, Deque<SegmentFile> segments, LogPosition base, List<Entry> entries) {

  /** Nothing is known committed: all segments are read. */
  static final long READ_ALL = -1;

  /**
   * Opens them, or makes those of a log that is empty and has promised nothing.
   *
   * @param owner the service whose log it is, such as {@code order-2}
   * @param newRebuilds whether a log that is made now is one of a replica that is rebuilding
   * @param known index up to which all is known committed: segments of which that is so for every
   *     entry are passed over, and of the others few entries up to it are given
   * @throws DataFolderException when they are damaged, do not fit, or are another one's
   */
  static FoundLog in(
      Path folder, String owner, boolean newRebuilds, long known, LogFile.Opener files)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    if (Files.notExists(folder.resolve(SegmentedLog.PROMISE))) {
      if (!paths.isEmpty()) {
        throw DataFolderException.damaged(
            folder.resolve(SegmentedLog.PROMISE), "it is missing", null);
      }
      PromiseFile.create(folder.resolve(SegmentedLog.PROMISE), owner, newRebuilds, files);
    }
    // A file made or moved just before a crash counts from here on, too.
    SegmentedLog.syncFolder(folder);
    SegmentedLog.syncFolder(folder.toAbsolutePath().getParent());
    PromiseFile promise = openPromise(folder, owner, files);
    demandNewest(paths, promise, folder);
    Deque<SegmentFile.Opened> read = new ArrayDeque<>();
    Deque<SegmentFile> segments = openSegments(paths, known, files, read);
    demandPromised(segments, promise, folder);
    LogPosition base = read.isEmpty() ? LogPosition.START : read.peekFirst().base();
    List<Entry> entries =
        read.stream().flatMap(opened -> opened.entries().stream()).toList();
    return new FoundLog(promise, segments, base, entries);
  }

  private static PromiseFile openPromise(Path folder, String owner, LogFile.Opener files)
      throws IOException {
    try {
      return PromiseFile.open(folder.resolve(SegmentedLog.PROMISE), owner, files);
    } catch (DamageException e) {
      throw e.of(folder.resolve(SegmentedLog.PROMISE));
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
  private static void demandPromised(Deque<SegmentFile> segments, PromiseFile file, Path folder) {
    Promise promise = file.promise();
    boolean isEmpty = segments.isEmpty()
        || segments.peekLast().last().equals(segments.peekFirst().before());
    long newest = isEmpty ? Epochs.NONE : segments.peekLast().last().epoch();
    boolean rebuilding = file.rebuilding() || promise.equals(Promise.NONE);
    if (!rebuilding && promise.epoch() < newest) {
      throw DataFolderException.damaged(
          folder.resolve(SegmentedLog.PROMISE),
          "it is of term " + Epochs.text(promise.epoch()) + ", but there is an entry of term "
              + Epochs.text(newest) + ": it is an older copy",
          null);
    }
  }

  /**
   * The newest first: what nobody says is committed may have to go, so it must be known.
   *
   * @param read takes those that were not passed over. Invariant: their entries have no gap, for
   *     one is read only where all entries behind it are above the known index, and were all given.
   */
  private static Deque<SegmentFile> openSegments(
      List<Path> paths, long known, LogFile.Opener files, Deque<SegmentFile.Opened> read)
      throws IOException {
    Deque<SegmentFile> segments = new ArrayDeque<>();
    long committed = known;
    for (int place = paths.size() - 1; place >= 0; place--) {
      Path path = paths.get(place);
      LogPosition next = segments.isEmpty() ? null : segments.peekFirst().before();
      try {
        if (known != READ_ALL && next != null && next.index() <= committed) {
          segments.addFirst(SegmentFile.passOver(path, files, next));
        } else {
          read.addFirst(open(path, next, known, files));
          segments.addFirst(read.peekFirst().segment());
          committed = Math.max(committed, segments.peekFirst().committed());
        }
      } catch (DamageException e) {
        throw e.of(path);
      }
    }
    return segments;
  }

  private static SegmentFile.Opened open(
      Path path, LogPosition next, long known, LogFile.Opener files)
      throws IOException, DamageException {
    SegmentFile.Opened opened = SegmentFile.open(path, next == null, known, files);
    LogPosition last = opened.segment().last();
    if (next != null && !next.equals(last)) {
      throw new DamageException("it ends at " + last + ", and the next one is behind " + next);
    }
    return opened;
  }
}
