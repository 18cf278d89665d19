package toystore.order.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import toystore.disk.DataFolderException;
import toystore.model.LogPosition;
import toystore.replication.Entry;
import toystore.replication.OlderEntries;

/**
 * The entries of a log that are committed and durable, read from its files where they are asked
 * for. Each is checked as it is read.
 *
 * <p>The log's thread writes and truncates meanwhile. Invariant: nobody asks for an entry that may
 * still go. So a segment that has one that is asked for is never removed, and its bytes up to the
 * end of that one never change; what follows is not looked at. Owned by one thread.
 */
public final class OlderSegments implements OlderEntries {
  private final Path folder;
  private final TreeMap<Long, OlderSegment> segments = new TreeMap<>();

  public OlderSegments(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<Entry> entries(long first, int limit) {
    long last = first + limit - 1;
    List<Entry> entries = new ArrayList<>(limit);
    try {
      while (entries.size() < limit) {
        OlderSegment segment = segmentOf(first + entries.size(), last);
        demandFollows(entries, segment);
        read(segment, last, first + entries.size(), entries);
      }
    } catch (IOException e) {
      throw new DataFolderException("log " + folder + " cannot be read: " + e, e);
    }
    return entries;
  }

  private OlderSegment segmentOf(long index, long last) throws IOException {
    Map.Entry<Long, OlderSegment> known = segments.floorEntry(index);
    boolean mayLackTheNext =
        known == null || segments.higherKey(index) == null && !known.getValue().reaches(last);
    if (mayLackTheNext) {
      lookFor(last);
      known = segments.floorEntry(index);
    }
    if (known == null) {
      throw DataFolderException.damaged(folder, "it has no entry " + index, null);
    }
    return known.getValue();
  }

  /** One that starts behind what is asked for might go. */
  private void lookFor(long last) throws IOException {
    for (Path path : SegmentedLog.segmentPaths(folder)) {
      long first = SegmentFile.firstIndexOf(path);
      if (first <= last && !segments.containsKey(first)) {
        try {
          segments.put(first, new OlderSegment(path, SegmentFile.head(path)));
        } catch (DamageException e) {
          throw e.of(path);
        }
      }
    }
  }

  private static void demandFollows(List<Entry> entries, OlderSegment segment) {
    if (!entries.isEmpty() && segment.startsAt(entries.get(entries.size() - 1).index() + 1)) {
      LogPosition end = entries.get(entries.size() - 1).position();
      if (!segment.before().equals(end)) {
        throw DataFolderException.damaged(segment.path(), "it does not follow " + end, null);
      }
    }
  }

  private void read(OlderSegment segment, long last, long first, List<Entry> entries)
      throws IOException {
    try (SegmentWindow bytes = new SegmentWindow(segment.path())) {
      Long next = segments.higherKey(first);
      segment.read(bytes, first, next == null ? last : Math.min(last, next - 1), entries);
    } catch (DamageException e) {
      throw e.of(segment.path());
    }
  }
}
