package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/** What is said of a log, whole or not, from its files. */
class LogReadingTest {
  private static final int SIZE = 4_096;
  private static final int ENTRIES = 60;
  private static final long TERM = Epochs.of(2, 0);

  @TempDir
  private Path folder;

  @BeforeEach
  void aLogOfSomeSegments() throws IOException {
    try (SegmentedLog log = open()) {
      for (Entry entry : entries()) {
        log.append(List.of(entry));
        log.sync();
      }
    }
    assertTrue(segments().size() > 3);
  }

  private SegmentedLog open() {
    return SegmentedLog.open(folder, "order-1", SIZE);
  }

  private static List<Entry> entries() {
    return LongStream.rangeClosed(1, ENTRIES)
        .mapToObj(index ->
            Entry.of(index, TERM, new PurchaseRequest("k".repeat(100) + index, "T".repeat(100), 1)))
        .toList();
  }

  private List<Path> segments() throws IOException {
    return SegmentedLog.segmentPaths(folder);
  }

  private static List<Entry> entriesOf(LogReading log) {
    List<Entry> entries = new ArrayList<>();
    log.forEach(1, entries::add);
    return entries;
  }

  private LogReading read() throws IOException {
    return LogReading.of(folder);
  }

  /** As another program might write it: the checksums are right, and no purchase has no units. */
  @Test
  void anEntryThatIsNoneIsDamageThoughItsBytesAreWhole() throws IOException {
    int entry = 3;
    Path first = segments().get(0);
    byte[] bytes = Files.readAllBytes(first);
    int size = LogFormat.record(entries().get(0), 0, 0).remaining();
    int at = LogFormat.SEGMENT_HEAD + (entry - 1) * size;
    ByteBuffer record = ByteBuffer.wrap(bytes);
    record.putInt(at + LogFormat.RECORD_HEAD + 2 * Long.BYTES, 0);
    record.putInt(at + 4, LogFormat.crc(record, at + LogFormat.RECORD_HEAD, at + size));
    record.putInt(at + 12, LogFormat.crc(record, at, at + 12));
    Files.write(first, bytes);

    LogReading log = read();

    assertTrue(log.damage().contains("entry " + entry + " is none"), log::damage);
    assertEquals(entries().subList(0, entry - 1), entriesOf(log));
  }

  @Test
  void allThatIsBeforeTheDamageIsRead() throws IOException {
    Path second = segments().get(1);
    long first = SegmentFile.firstIndexOf(second);
    byte[] bytes = Files.readAllBytes(second);
    int record = LogFormat.record(entries().get((int) first), 0, 0).remaining();
    bytes[LogFormat.SEGMENT_HEAD + 2 * record + 40] ^= 1;
    Files.write(second, bytes);

    LogReading log = read();

    assertEquals(entries().subList(0, (int) first + 1), entriesOf(log));
    assertTrue(log.damage().contains("entry " + (first + 2)), log::damage);
  }

  @Test
  void whatIsGivenMayBeginAnywhere() throws IOException {
    List<Entry> entries = new ArrayList<>();

    read().forEach(ENTRIES - 4, entries::add);

    assertEquals(entries().subList(ENTRIES - 5, ENTRIES), entries);
  }

  @Test
  void aLogWithoutTermAndVoteIsDamaged() throws IOException {
    Files.delete(folder.resolve(SegmentedLog.PROMISE));

    assertEquals("term and vote are missing", read().damage());
  }

  @Test
  void aLogWithoutItsNewestSegmentIsDamaged() throws IOException {
    Path newest = segments().get(segments().size() - 1);
    Files.delete(newest);

    LogReading log = read();

    assertTrue(log.damage().contains("is missing"), log::damage);
    assertEquals(SegmentFile.firstIndexOf(newest) - 1, log.last().index());
  }

  @Test
  void aTornTailIsNamed() throws IOException {
    assertFalse(read().torn());
    Path newest = segments().get(segments().size() - 1);
    byte[] bytes = Files.readAllBytes(newest);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    // A sector of a record that was to follow.
    bytes[(end / LogFormat.SECTOR + 1) * LogFormat.SECTOR] = 1;
    Files.write(newest, bytes);

    LogReading log = read();

    assertTrue(log.torn());
    assertNull(log.damage());
    assertEquals(entries(), entriesOf(log));
  }

  @Test
  void whereTheLogStartsIsSaid() throws IOException {
    try (SegmentedLog log = open()) {
      log.dropThrough(ENTRIES / 2);
    }
    long first = SegmentFile.firstIndexOf(segments().get(0));

    LogReading log = read();

    assertTrue(first > 1);
    assertEquals(first, log.first());
    assertEquals(ENTRIES, log.last().index());
  }

  /** The replica runs: what it does meanwhile is no damage. */
  @Test
  void aLogThatChangesWhileItIsReadIsReadAgain() throws IOException {
    try (SegmentedLog running = open()) {
      LogReading dropped = LogReading.of(folder, path -> {
        if (SegmentFile.isSegment(path)) {
          running.dropThrough(ENTRIES / 2);
        }
        return Files.readAllBytes(path);
      });
      LogReading truncated = LogReading.of(folder, path -> {
        byte[] bytes = Files.readAllBytes(path);
        running.truncateFrom(ENTRIES / 2 + 5);
        return bytes;
      });

      assertNull(dropped.damage());
      assertFalse(dropped.first() == 1);
      assertNull(truncated.damage());
      assertEquals(ENTRIES / 2 + 4, truncated.last().index());
    }
  }
}
