package toystore.order.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** The files of a log as they were found, and all durable: each is whole, and they fit. */
record FoundLog(PromiseFile promise, List<SegmentFile> segments, List<Entry> entries) {

  /**
   * Opens them, or makes those of a log that is empty and has promised nothing.
   *
   * @param newRebuilds whether a log that is made now is one of a replica that is rebuilding
   * @throws DataFolderException when they are damaged, or do not fit
   */
  static FoundLog in(Path folder, boolean newRebuilds, LogFile.Opener files) throws IOException {
    Files.createDirectories(folder);
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    if (Files.notExists(folder.resolve(SegmentedLog.PROMISE))) {
      if (!paths.isEmpty()) {
        throw DataFolderException.damaged(
            folder.resolve(SegmentedLog.PROMISE), "it is missing", null);
      }
      PromiseFile.create(folder.resolve(SegmentedLog.PROMISE), newRebuilds, files);
    }
    // A file made or moved just before a crash counts from here on, too.
    SegmentedLog.syncFolder(folder);
    SegmentedLog.syncFolder(folder.toAbsolutePath().getParent());
    PromiseFile promise = openPromise(folder, files);
    demandNewest(paths, promise, folder);
    List<Entry> entries = new ArrayList<>();
    List<SegmentFile> segments = openSegments(paths, files, entries);
    demandPromised(entries, promise, folder);
    return new FoundLog(promise, segments, entries);
  }

  private static PromiseFile openPromise(Path folder, LogFile.Opener files) throws IOException {
    try {
      return PromiseFile.open(folder.resolve(SegmentedLog.PROMISE), files);
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
  private static void demandPromised(List<Entry> entries, PromiseFile file, Path folder) {
    Promise promise = file.promise();
    long newest =
        entries.isEmpty() ? Epochs.NONE : entries.get(entries.size() - 1).epoch();
    boolean rebuilding = file.rebuilding() || promise.equals(Promise.NONE);
    if (!rebuilding && promise.epoch() < newest) {
      throw DataFolderException.damaged(
          folder.resolve(SegmentedLog.PROMISE),
          "it is of term " + Epochs.text(promise.epoch()) + ", but there is an entry of term "
              + Epochs.text(newest) + ": it is an older copy",
          null);
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
}
