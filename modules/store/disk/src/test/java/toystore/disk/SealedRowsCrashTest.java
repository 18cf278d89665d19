package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
      FailingDisk disk = FailingDisk.forEver(steps, half);
      long sealed = sealAll(folder, disk);
      died = disk.hasFailed();

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
      FailingDisk disk = FailingDisk.once(steps);
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

  /** The system may write in any order what it was not told to write. */
  @Test
  void aRunIsDurableBeforeItHasItsNameAndHasItBeforeOthersGo() throws IOException {
    SealedRows.open(folder(), OWNER).seal(batch(0, ROWS));
    RecordingDisk disk = new RecordingDisk();
    SealedRows rows = SealedRows.open(folder(), OWNER, disk, MOST_ROWS);

    rows.seal(batch(ROWS, ROWS));

    assertEquals(
        List.of(
            "write",
            "write",
            "force",
            "0-8.run.tmp becomes 0-8.run",
            "force the folder",
            "delete 0-4.run",
            "force the folder"),
        disk.steps);
  }

  /** What is not on disk is not said to be sealed. */
  @Test
  void whatCannotBeMadeDurableIsNotSealed() {
    SealedRows rows = SealedRows.open(folder(), OWNER, new UnsyncedDisk(), MOST_ROWS);

    assertThrows(IOException.class, () -> rows.seal(batch(0, ROWS)));

    demandRows(rows, 0);
  }

  private static final class RecordingDisk implements RunDisk {
    final List<String> steps = new ArrayList<>();

    @Override
    public void append(FileChannel file, ByteBuffer bytes) throws IOException {
      steps.add("write");
      RunDisk.super.append(file, bytes);
    }

    @Override
    public void force(FileChannel file) throws IOException {
      steps.add("force");
      RunDisk.super.force(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      steps.add(from.getFileName() + " becomes " + to.getFileName());
      RunDisk.super.rename(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
      steps.add("force the folder");
      RunDisk.super.forceFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
      steps.add("delete " + file.getFileName());
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
