package toystore.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.model.KeyHash;

/**
 * The oldest rows of a table, those that never change any more, found by key without being in
 * memory. The database stays the truth; here are, in sorted runs, a hash of each row's key, its
 * link, and the sum of their digests, so that a start need not read these rows again.
 *
 * <p>Whatever is missing, damaged or somebody else's is deleted when it is opened: fewer rows are
 * sealed then, and the owner seals them anew.
 *
 * <p>Any thread may look up; one at a time seals. A look-up sees the rows that were sealed when it
 * began.
 */
public final class SealedRows implements AutoCloseable {
  /** What {@link #find} says of a key that it does not find. */
  public static final long ABSENT = -1;

  private static final Logger LOG = LoggerFactory.getLogger(SealedRows.class);

  /** A run is mapped in one piece, which may have no more than 2 GiB. */
  private static final int MOST_ROWS = 1 << 26;

  private final RunFolder folder;
  private final KeyHash hash;
  private final int mostRows;
  // Invariant: the runs follow each other from row 0 on, without a gap. The list never changes.
  private volatile List<Run> runs;

  /**
   * The next rows.
   *
   * @param first the number of the first row: as many as are sealed
   * @param keys of each row
   * @param links of each row, or none at all; always the one or always the other
   * @param digest the sum of the digests of these rows
   * @param state what the owner must know of all rows up to here. Each run has one, so it should
   *     be small; that of orders has some 25 bytes for each toy that was sold
   */
  public record Added(long first, List<String> keys, long[] links, long digest, byte[] state) {
    public Added {
      if (keys.isEmpty() || links.length != 0 && links.length != keys.size()) {
        throw new IllegalArgumentException(keys.size() + " keys, " + links.length + " links");
      }
    }
  }

  /**
   * The rows up to the end of a run.
   *
   * @param digest the sum of the digests of all of them
   */
  public record Extent(long rows, long digest) {}

  private SealedRows(RunFolder folder, int mostRows) throws IOException {
    this.folder = folder;
    this.mostRows = mostRows;
    hash = folder.hash();
    runs = List.copyOf(folder.load());
  }

  /**
   * Opens the runs of a folder, which is made where it is missing.
   *
   * @param owner whose rows they are, as in {@link Schema}; another one's runs are deleted
   * @throws DataFolderException when the folder cannot be used
   */
  public static SealedRows open(Path folder, String owner) {
    return open(folder, owner, RunDisk.OF_THE_SYSTEM, MOST_ROWS);
  }

  static SealedRows open(Path folder, String owner, RunDisk disk, int mostRows) {
    try {
      return new SealedRows(RunFolder.open(folder, owner, disk), mostRows);
    } catch (IOException e) {
      throw new DataFolderException(folder + " cannot be used: " + e, e);
    }
  }

  /** So many rows are sealed, from 0 on. */
  public long count() {
    return end(runs);
  }

  private static long end(List<Run> runs) {
    return runs.isEmpty() ? 0 : runs.get(runs.size() - 1).end();
  }

  /** All sealed rows, and the sum of their digests. */
  public Extent extent() {
    List<Extent> extents = extents();
    return extents.isEmpty() ? new Extent(0, 0) : extents.get(extents.size() - 1);
  }

  /** How far each run goes. What they say stays true when runs are merged, or added. */
  public List<Extent> extents() {
    List<Extent> extents = new ArrayList<>();
    long digest = 0;
    for (Run run : runs) {
      digest += run.digest();
      extents.add(new Extent(run.end(), digest));
    }
    return extents;
  }

  /** The link of a row that is sealed; 0 where rows have none. */
  public long link(long row) {
    for (Run run : runs) {
      if (row < run.end()) {
        return run.link(row);
      }
    }
    throw new IllegalArgumentException("row " + row + " is not sealed");
  }

  /** What the owner said with the last row; empty where there is none. */
  public byte[] state() {
    List<Run> now = runs;
    return now.isEmpty() ? new byte[0] : now.get(now.size() - 1).state();
  }

  /**
   * Looks for a key: reads two places of each run, and nothing more where no key has its hash.
   *
   * @param isIt whether this row has the key: other keys may have its hash too, about one row in a
   *     thousand look-ups among four million
   * @return the row, or {@link #ABSENT}
   */
  public long find(String key, LongPredicate isIt) {
    int wanted = hash.of(key);
    for (Run run : runs) {
      long row = run.find(wanted, isIt);
      if (row != ABSENT) {
        return row;
      }
    }
    return ABSENT;
  }

  /**
   * Seals the next rows, which must be durable in the database. They are found, and this is
   * durable, when it returns. Runs are merged as a binary counter counts: so ten million rows in
   * batches of 16,384 have at most nine, and each is written some five times.
   *
   * @throws IOException and then they are not sealed; that may be tried again
   */
  public void seal(Added batch) throws IOException {
    List<Run> before = runs;
    if (batch.first() != end(before)) {
      throw new IllegalStateException("row " + batch.first() + " after " + end(before) + " rows");
    }
    int kept = keptBehind(before, batch.keys().size());
    List<Run> merged = before.subList(kept, before.size());
    List<Run> after = new ArrayList<>(before.subList(0, kept));
    after.add(folder.write(new RunMerge(merged, batch, hash)));
    runs = List.copyOf(after);
    try {
      folder.delete(merged);
    } catch (IOException e) {
      // They are of no use, and the next opening deletes them.
      LOG.warn("runs={} became=LEFT reason=\"{}\"", merged.size(), e.toString());
    }
  }

  /** How many runs stay as they are: those that are longer than all behind them together. */
  private int keptBehind(List<Run> before, int added) {
    int kept = before.size();
    long rows = added;
    while (kept > 0
        && before.get(kept - 1).rows() <= rows
        && before.get(kept - 1).rows() + rows <= mostRows) {
      kept--;
      rows += before.get(kept).rows();
    }
    return kept;
  }

  /**
   * Deletes all runs: no row is sealed any more. Only before anybody looks up.
   *
   * @throws DataFolderException when that cannot be done
   */
  public void forget() {
    List<Run> before = runs;
    runs = List.of();
    try {
      folder.delete(before);
    } catch (IOException e) {
      throw new DataFolderException("runs cannot be deleted: " + e, e);
    }
  }

  /**
   * Rows of the database are not those that were sealed: the next opening takes no run that is
   * here, nor one that is being written. Look-ups go on with what they have until the process ends:
   * a key that was not found any more would be decided a second time. May be called from any
   * thread.
   *
   * @throws DataFolderException when that cannot be done
   */
  public void distrust() {
    try {
      folder.deleteSeed();
    } catch (IOException e) {
      throw new DataFolderException("runs cannot be deleted: " + e, e);
    }
  }

  /** Nothing is looked up any more. */
  @Override
  public void close() {
    runs = List.of();
  }
}
