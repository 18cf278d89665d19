package toystore.order.log;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.disk.BackgroundCheck;
import toystore.disk.Pace;
import toystore.disk.Rhythm;
import toystore.replication.OlderEntries;

/**
 * Reads the part of a log of which its start made no entries, once and slowly, while the replica
 * goes on: what nobody asks for would stay damaged unseen. It ends the replica where an entry
 * cannot be read as it was written. Owned by the thread of the check.
 */
public final class OlderLogCheck implements BackgroundCheck.Work {
  static final int ENTRIES_AT_ONCE = 1_024;

  private static final Rhythm ONCE = Rhythm.once(TimeUnit.SECONDS.toMillis(45), new Pace(2));
  private static final Logger LOG = LoggerFactory.getLogger(OlderLogCheck.class);

  private final Path folder;
  private final OlderEntries entries;
  private final long end;
  // Invariant: all below it were read, and are as they were written.
  private long next = 1;

  OlderLogCheck(Path folder, OlderEntries entries, long end) {
    this.folder = folder;
    this.entries = entries;
    this.end = end;
  }

  /**
   * Begins, on a thread of its own, in a while.
   *
   * @param service whose log it is
   * @param end index of the last entry that the start did not load; it is durable and committed
   * @param onFailure told, once and on that thread, of an entry that is damaged
   */
  public static BackgroundCheck start(
      String service, Path folder, long end, Consumer<Throwable> onFailure) {
    return BackgroundCheck.start(
        service + "-log-check",
        new OlderLogCheck(folder, new OlderSegments(folder), end),
        rhythm(end),
        onFailure);
  }

  /** Where entries were made of all, there is no thread for it. */
  static Rhythm rhythm(long end) {
    return end > 0 ? ONCE : Rhythm.NOTHING;
  }

  @Override
  public boolean readNext() {
    int piece = (int) Math.min(ENTRIES_AT_ONCE, end - next + 1);
    entries.entries(next, piece);
    next += piece;
    if (next > end) {
      LOG.info("file={} became=CHECKED entries={}", folder, end);
    }
    return next <= end;
  }
}
