package toystore.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import toystore.model.KeyHash;

/**
 * Makes one run of the rows of some that follow each other, and of a batch behind them. Runs are
 * read and written from front to back, so none is ever on the heap.
 */
final class RunMerge {
  private final List<Run> runs;
  private final SealedRows.Added batch;
  /** The batch's entries by hash; rows are counted from the first row of all. */
  private final long[] added;

  private final long first;

  /** @param runs may be empty */
  RunMerge(List<Run> runs, SealedRows.Added batch, KeyHash hash) {
    this.runs = runs;
    this.batch = batch;
    first = runs.isEmpty() ? batch.first() : runs.get(0).first();
    long row = batch.first() - first;
    added = new long[batch.keys().size()];
    for (int i = 0; i < added.length; i++) {
      added[i] = (long) hash.of(batch.keys().get(i)) << Integer.SIZE | row + i;
    }
    Arrays.sort(added);
  }

  /** The row number of the first row. */
  long first() {
    return first;
  }

  int rows() {
    return Math.toIntExact(batch.first() - first + added.length);
  }

  void write(RunWriter writer) throws IOException {
    writeEntries(writer);
    long digest = batch.digest();
    for (Run run : runs) {
      digest += run.digest();
      if (run.linked()) {
        for (long row = run.first(); row < run.end(); row++) {
          writer.link(run.link(row));
        }
      }
    }
    for (long link : batch.links()) {
      writer.link(link);
    }
    writer.finish(batch.state(), digest);
  }

  /** The smallest of all that are next goes first; there are few runs, so each is looked at. */
  private void writeEntries(RunWriter writer) throws IOException {
    int sources = runs.size() + 1;
    int[] taken = new int[sources];
    long[] next = new long[sources];
    for (int source = 0; source < sources; source++) {
      next[source] = entry(source, 0);
    }
    for (int left = rows(); left > 0; left--) {
      int least = 0;
      for (int source = 1; source < sources; source++) {
        least = next[source] < next[least] ? source : least;
      }
      writer.entry(next[least]);
      taken[least]++;
      next[least] = entry(least, taken[least]);
    }
  }

  /** The so many-th entry of a source; behind the last one what no entry is. */
  private long entry(int source, int at) {
    if (source == runs.size()) {
      return at < added.length ? added[at] : Long.MAX_VALUE;
    }
    Run run = runs.get(source);
    // The row is in the low bits, and no run has so many that its hash would change.
    return at < run.rows() ? run.entry(at) + run.first() - first : Long.MAX_VALUE;
  }
}
