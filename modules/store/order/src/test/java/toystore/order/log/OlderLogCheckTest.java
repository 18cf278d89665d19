package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.disk.DataFolderException;
import toystore.disk.Rhythm;
import toystore.replication.Entry;

class OlderLogCheckTest extends SegmentedLogCase {
  private static final int ENTRIES = 3 * OlderLogCheck.ENTRIES_AT_ONCE + 5;

  private final List<Long> read = new ArrayList<>();

  @BeforeEach
  void writeMany() throws IOException {
    List<Entry> entries =
        LongStream.rangeClosed(1, ENTRIES).mapToObj(SegmentedLogCase::entry).toList();
    try (SegmentedLog log = open()) {
      for (int from = 0; from < ENTRIES; from += 20) {
        log.append(entries.subList(from, Math.min(ENTRIES, from + 20)));
      }
      log.sync();
    }
  }

  private OlderLogCheck check(long end) {
    OlderSegments older = new OlderSegments(folder);
    return new OlderLogCheck(
        folder,
        (first, limit) -> {
          read.add(first);
          return older.entries(first, limit);
        },
        end);
  }

  private void flipInSegmentOf(long index) throws IOException {
    List<Path> segments = SegmentedLog.segmentPaths(folder);
    Path file = segments.stream()
        .filter(path -> SegmentFile.firstIndexOf(path) <= index)
        .reduce((one, other) -> other)
        .orElseThrow();
    byte[] bytes = Files.readAllBytes(file);
    bytes[LogFormat.SEGMENT_HEAD + 40] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void allThatWasPassedOverIsReadOnce() {
    OlderLogCheck check = check(ENTRIES);

    assertTrue(check.readNext());
    assertTrue(check.readNext());
    assertTrue(check.readNext());
    assertFalse(check.readNext());

    long piece = OlderLogCheck.ENTRIES_AT_ONCE;
    assertEquals(List.of(1L, piece + 1, 2 * piece + 1, 3 * piece + 1), read);
  }

  @Test
  void damageEndsIt() throws IOException {
    flipInSegmentOf(2 * OlderLogCheck.ENTRIES_AT_ONCE);
    OlderLogCheck check = check(ENTRIES);

    assertTrue(check.readNext());
    assertTrue(assertThrows(DataFolderException.class, check::readNext).isDamage());
  }

  @Test
  void whatTheStartHasReadIsNotReadAgain() throws IOException {
    flipInSegmentOf(ENTRIES);

    assertFalse(check(OlderLogCheck.ENTRIES_AT_ONCE).readNext());
  }

  @Test
  void whereNothingWasPassedOverThereIsNoCheck() {
    assertEquals(Rhythm.NOTHING, OlderLogCheck.rhythm(0));
    assertTrue(OlderLogCheck.rhythm(1).firstMs() > 0);
    assertEquals(Rhythm.NEVER, OlderLogCheck.rhythm(1).againMs());
  }
}
