package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.disk.DataFolderException;
import toystore.replication.Entry;

class OlderLogCheckTest extends SegmentedLogCase {
  private static final int ENTRIES = 3 * OlderLogCheck.ENTRIES_AT_ONCE + 5;

  private final Deque<Runnable> later = new ArrayDeque<>();
  private final List<Long> delays = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

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

  private void checkAll(long end) {
    new OlderLogCheck(
        folder,
        new OlderSegments(folder),
        end,
        failures::add,
        (task, delayMs) -> {
          later.add(task);
          delays.add(delayMs);
        },
        later::clear);
    while (!later.isEmpty()) {
      later.remove().run();
    }
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
  void allThatWasPassedOverIsReadAndThenNoMore() {
    checkAll(ENTRIES);

    assertEquals(List.of(), failures);
    assertEquals(4, delays.size());
    assertEquals(OlderLogCheck.FIRST_MS, delays.get(0));
  }

  @Test
  void damageEndsIt() throws IOException {
    flipInSegmentOf(2 * OlderLogCheck.ENTRIES_AT_ONCE);

    checkAll(ENTRIES);

    assertEquals(1, failures.size());
    assertTrue(((DataFolderException) failures.get(0)).isDamage());
    assertEquals(2, delays.size());
  }

  @Test
  void whatTheStartHasReadIsNotReadAgain() throws IOException {
    flipInSegmentOf(ENTRIES);
    long base = SegmentFile.firstIndexOf(SegmentedLog.segmentPaths(folder).get(0)) - 1;

    checkAll(base);
    checkAll(OlderLogCheck.ENTRIES_AT_ONCE);

    assertEquals(List.of(), failures);
    assertEquals(1, delays.size());
  }
}
