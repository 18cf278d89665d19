package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import toystore.disk.DataFolderException;
import toystore.disk.DurableExtent;
import toystore.disk.MarkFile;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.OlderEntries;

/** What the files of a log say, up to the first damage; its replica may be running. */
public final class LogReading {
  /** A replica that runs drops and truncates segments while they are read: that is no damage. */
  private static final int ATTEMPTS = 3;

  private static final int PIECE = 1_000;

  private final Path folder;

  private Promise promise = Promise.NONE;
  private boolean rebuilding;
  private LogPosition base;
  private LogPosition last = LogPosition.START;
  /** What was durable for certain. */
  private LogPosition marked;

  private boolean markIsHeld;

  private int segments;
  private boolean torn;
  private String damage;

  /** How a whole file is read: a test's may change while it is. */
  @FunctionalInterface
  interface Bytes {
    byte[] of(Path path) throws IOException;
  }

  private LogReading(Path folder) {
    this.folder = folder;
  }

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
    LogReading reading = new LogReading(folder);
    try {
      reading.read(bytes);
    } catch (DamageException e) {
      reading.damage = e.getMessage();
    }
    return reading;
  }

  private void read(Bytes bytes) throws IOException, DamageException {
    // Before the segments: a replica that runs moves both, and the mark must not be the newer one.
    DurableExtent extent = readMark(folder);
    marked = new LogPosition(extent.digest(), extent.changes());
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
    demandReaches();
  }

  private static DurableExtent readMark(Path folder) throws IOException, DamageException {
    try {
      return MarkFile.read(folder.resolve(SegmentedLog.MARK));
    } catch (DataFolderException e) {
      throw new DamageException(e.getMessage());
    }
  }

  /** A log that is older than its mark looks whole by itself. */
  private void demandReaches() throws DamageException {
    if (marked.index() >= first() && !markIsHeld) {
      throw new DamageException("its entry " + marked.index() + " was durable, and is missing");
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
        last = before;

      } else if (!before.equals(last)) {
        throw new DamageException(path.getFileName() + " does not follow " + last);
      }
      LogFormat.Good good = (position, at) -> {
        LogFormat.entry(content, at); // Or it is none, though its bytes are whole.
        reaches(position);
      };
      torn = LogFormat.read(content, newest, good).torn();
    } catch (NoSuchFileException e) {
      throw new DamageException(path.getFileName() + " is missing");
    }
  }

  private void reaches(LogPosition position) {
    last = position;
    markIsHeld |= last.equals(marked);
  }

  /**
   * Gives the entries from an index on, up to the damage if there is some. They are read again,
   * piece by piece: a log may be larger than memory.
   *
   * @throws DataFolderException when a replica that runs has taken some of them back meanwhile
   */
  public void forEach(long from, Consumer<Entry> use) {
    OlderEntries entries = new OlderSegments(folder);
    long index = Math.max(from, first());
    while (index <= last.index()) {
      int piece = (int) Math.min(PIECE, last.index() - index + 1);
      entries.entries(index, piece).forEach(use);
      index += piece;
    }
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
    return last;
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
