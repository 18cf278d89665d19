package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** Files of a newer program are refused as such: a rebuild would throw away what is whole. */
class NewerLogTest {
  private static final int SIZE = 4_096;
  private static final int VERSION_BYTE = 7;
  private static final int CHECKSUM = 24;
  private static final long TERM = Epochs.of(2, 0);

  @TempDir
  Path folder;

  @BeforeEach
  void makeLog() throws IOException {
    try (SegmentedLog log = SegmentedLog.open(folder, "order-1", SIZE)) {
      log.promise(new Promise(TERM, 0));
      log.append(List.of(Entry.noOp(1, TERM)));
      log.sync();
    }
  }

  private DataFolderException refusal() {
    return assertThrows(DataFolderException.class, () -> SegmentedLog.open(folder, "order-1", SIZE)
        .close());
  }

  private static void change(Path file, int... places) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int place : places) {
      bytes[place] += 2; // Later than any version that is known.
    }
    Files.write(file, bytes);
  }

  private void assertNewer() {
    DataFolderException refusal = refusal();
    assertTrue(refusal.getMessage().contains("by a newer toystore"), refusal.getMessage());
    assertFalse(refusal.isDamage());
  }

  @Test
  void aSegmentOfANewerProgramIsRefusedAsOne() throws IOException {
    change(SegmentedLog.segmentPaths(folder).get(0), VERSION_BYTE, CHECKSUM);

    assertNewer();
  }

  @Test
  void aPromiseOfANewerProgramIsRefusedAsOne() throws IOException {
    change(
        folder.resolve(SegmentedLog.PROMISE), VERSION_BYTE, PromiseFormat.DISTANCE + VERSION_BYTE);

    assertNewer();
  }

  @Test
  void aByteThatFlippedIsDamageAndNoVersion() throws IOException {
    change(SegmentedLog.segmentPaths(folder).get(0), VERSION_BYTE);

    assertTrue(refusal().isDamage());
  }
}
