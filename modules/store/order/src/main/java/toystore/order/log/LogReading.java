package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import toystore.disk.DataFolderException;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** What the files of a log say, up to the first damage; its replica may be running. */
public final class LogReading {
  /** A replica that runs drops and truncates segments while they are read: that is no damage. */
  private static final int ATTEMPTS = 3;

  private final List<Entry> entries = new ArrayList<>();
  private Promise promise = Promise.NONE;
  private boolean rebuilding;
  private LogPosition base;
  private int segments;
  private boolean torn;
  private String damage;

  /** How a whole file is read: a test's may change while it is. */
  @FunctionalInterface
  interface Bytes {
    byte[] of(Path path) throws IOException;
  }

  private LogReading() {}

  /** @throws NoSuchFileException when there is no log */
  public static LogReading of(Path folder) throws IOException {
    return of(folder, Files::readAllBytes);
  }

  static LogReading of(Path folder, Bytes bytes) throws IOException {
    LogReading reading = once(folder, bytes);
    for (int attempt = 2; reading.damage != null && attempt <= ATTEMPTS; attempt++) {
      reading = once(folder, bytes);
    }
    return reading;
  }

  private static LogReading once(Path folder, Bytes bytes) throws IOException {
    LogReading reading = new LogReading();
    try {
      reading.read(folder, bytes);
    } catch (DamageException e) {
      reading.damage = e.getMessage();
    }
    return reading;
  }

  private void read(Path folder, Bytes bytes) throws IOException, DamageException {
    // Before the segments: a replica that runs moves both, and the mark must not be the newer one.
    DurableExtent marked = readMark(folder);
    PromiseFormat.Promised promised = readPromise(folder, bytes);
    promise = promised.promise();
    rebuilding = promised.rebuilding();
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    segments = paths.size();
    for (Path path : paths) {
      readSegment(path, path.equals(paths.get(segments - 1)), bytes);
    }
    long newest = segments == 0 ? 0 : SegmentFile.firstIndexOf(paths.get(segments - 1));
    if (newest < promised.newestSegment()) {
      throw new DamageException(
          "its segment that starts at " + promised.newestSegment() + " is missing");
    }
    demandReaches(marked);
  }

  private static DurableExtent readMark(Path folder) throws IOException, DamageException {
    try {
      return MarkFile.read(folder.resolve(SegmentedLog.MARK));
    } catch (DataFolderException e) {
      throw new DamageException(e.getMessage());
    }
  }

  /** A log that is older than its mark looks whole by itself. */
  private void demandReaches(DurableExtent marked) throws DamageException {
    LogPosition position = new LogPosition(marked.digest(), marked.changes());
    boolean isHeld = position.index() < first()
        || entries.stream().anyMatch(entry -> entry.position().equals(position));
    if (!isHeld) {
      throw new DamageException("its entry " + position.index() + " was durable, and is missing");
    }
  }

  private static PromiseFormat.Promised readPromise(Path folder, Bytes bytes)
      throws IOException, DamageException {
    try {
      return PromiseFormat.read(ByteBuffer.wrap(bytes.of(folder.resolve(SegmentedLog.PROMISE))));
    } catch (NoSuchFileException e) {
      if (SegmentedLog.segmentPaths(folder).isEmpty()) {
        throw e;
      }
      throw new DamageException("term and vote are missing");
    }
  }

  private void readSegment(Path path, boolean newest, Bytes bytes)
      throws IOException, DamageException {
    try {
      ByteBuffer content = ByteBuffer.wrap(bytes.of(path));
      LogPosition before = LogFormat.readSegmentHead(content);
      if (base == null) {
        base = before;
      } else if (!before.equals(last())) {
        throw new DamageException(path.getFileName() + " does not follow " + last());
      }
      torn = LogFormat.read(content, newest, entries::add).torn();
    } catch (NoSuchFileException e) {
      throw new DamageException(path.getFileName() + " is missing");
    }
  }

  /** The entries, up to the damage if there is some. */
  public List<Entry> entries() {
    return entries;
  }

  public Promise promise() {
    return promise;
  }

  /** Whether the replica still lacks what a lost file held. */
  public boolean isRebuilding() {
    return rebuilding;
  }

  public int segments() {
    return segments;
  }

  /** Index of the first entry held: those before it are only in the orders. */
  public long first() {
    return base == null ? 1 : base.index() + 1;
  }

  public LogPosition last() {
    if (!entries.isEmpty()) {
      return entries.get(entries.size() - 1).position();
    }
    return base == null ? LogPosition.START : base;
  }

  /** Whether behind the last entry is what a crash left of a write that nobody was told of. */
  public boolean torn() {
    return torn;
  }

  /** What is wrong; null where nothing is. */
  public String damage() {
    return damage;
  }
}
