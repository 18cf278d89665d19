package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that dies at any step of a seal leaves the rows of before, or those of after. */
class SealedRowsCrashTest extends SealedRowsCase {
  private static final int BATCHES = 8;
  private static final int ROWS = 4;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCrashAtAnyStepLeavesWhatWasSealed(boolean half) {
    int steps = 0;
    boolean died = true;
    while (died) {
      Path folder = scratch.resolve("runs-" + half + steps);
      StoppingDisk disk = new StoppingDisk(steps, half);
      long sealed = sealAll(folder, disk);
      died = disk.isDead();

      SealedRows after = SealedRows.open(folder, OWNER);
      assertTrue(after.count() == sealed || after.count() == sealed + ROWS, "step " + steps);
      demandRows(after, after.count());
      assertEquals(BATCHES * ROWS, goOn(after), "step " + steps);
      demandRows(SealedRows.open(folder, OWNER), BATCHES * ROWS);
      steps++;
    }
    assertTrue(steps > BATCHES * 5, steps + " steps");
  }

  /** Gives how many rows were sealed by calls that came back. */
  private static long sealAll(Path folder, RunDisk disk) {
    try {
      return goOn(SealedRows.open(folder, OWNER, disk, MOST_ROWS));
    } catch (DataFolderException e) {
      return 0;
    }
  }

  private static long goOn(SealedRows rows) {
    try {
      while (rows.count() < BATCHES * ROWS) {
        rows.seal(batch(rows.count(), ROWS));
      }
    } catch (IOException e) {
      // Dead.
    }
    return rows.count();
  }

  @Test
  void aSealThatFailedMayBeTriedAgain() throws IOException {
    for (int steps = 0; ; steps++) {
      Path folder = scratch.resolve("runs-" + steps);
      SealedRows.open(folder, OWNER).seal(batch(0, ROWS));
      FailingOnce disk = new FailingOnce(steps);
      SealedRows rows = SealedRows.open(folder, OWNER, disk, MOST_ROWS);
      try {
        rows.seal(batch(ROWS, ROWS));
      } catch (IOException e) {
        demandRows(rows, ROWS);
        rows.seal(batch(ROWS, ROWS));
      }

      demandRows(rows, 2 * ROWS);
      demandRows(SealedRows.open(folder, OWNER), 2 * ROWS);
      if (!disk.hasFailed()) {
        assertTrue(steps > 4, steps + " steps");
        return;
      }
    }
  }

  /** What is not on disk is not said to be sealed. */
  @Test
  void whatCannotBeMadeDurableIsNotSealed() {
    SealedRows rows = SealedRows.open(folder(), OWNER, new UnsyncedDisk(), MOST_ROWS);

    assertThrows(IOException.class, () -> rows.seal(batch(0, ROWS)));

    demandRows(rows, 0);
  }

  private static final class FailingOnce implements RunDisk {
    private int left;

    FailingOnce(int left) {
      this.left = left;
    }

    boolean hasFailed() {
      return left < 0;
    }

    private void step() throws IOException {
      if (left-- == 0) {
        throw new IOException("once");
      }
    }

    @Override
    public void force(FileChannel file) throws IOException {
      step();
      RunDisk.super.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      step();
      RunDisk.super.rename(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      step();
      RunDisk.super.forceFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      step();
      RunDisk.super.delete(file);
    }
  }

  private static final class UnsyncedDisk implements RunDisk {
    @Override
    public void force(FileChannel file) throws IOException {
      if (file.size() > 2 * Long.BYTES) { // The seed is.
        throw new IOException("no sync");
      }
    }
  }
}
