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
import java.util.Random;
import org.junit.jupiter.api.Test;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** Older entries are read from the files as they were written, or not at all. */
class OlderSegmentsTest extends SegmentedLogCase {
  private static final int SEGMENT = 32 << 10;
  private static final int MANY = 2_000;

  private final List<Entry> written = new ArrayList<>();

  private static Entry random(Random random, long index, long epoch) {
    PurchaseRequest purchase =
        new PurchaseRequest("k".repeat(1 + random.nextInt(90)) + index, "Tux", 1);
    return random.nextInt(20) == 0
        ? Entry.noOp(index, Epochs.of(epoch, 1))
        : Entry.of(index, Epochs.of(epoch, 1), purchase);
  }

  private SegmentedLog open(long known) {
    return SegmentedLog.open(folder, "order-1", SEGMENT, true, known, LogFile::open, failure -> {});
  }

  private void append(SegmentedLog log, Random random, int entries, long committed)
      throws IOException {
    List<Entry> more = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      long index = written.size() + 1;
      more.add(random(random, index, 1 + index / 300));
      written.add(more.get(i));
    }
    log.append(more, committed);
    log.sync();
  }

  private void writeMany() throws IOException {
    Random random = new Random(7);
    try (SegmentedLog log = open(FoundLog.READ_ALL)) {
      log.promise(new Promise(Epochs.of(MANY, 1), 1));
      while (written.size() < MANY) {
        append(log, random, 10, written.size());
      }
    }
  }

  private List<Path> segments() throws IOException {
    return SegmentedLog.segmentPaths(folder);
  }

  private void demandSame(OlderSegments older, long first, int limit) {
    assertEquals(
        written.subList((int) first - 1, (int) first - 1 + limit), older.entries(first, limit));
  }

  @Test
  void anySliceIsAsItWasWritten() throws IOException {
    writeMany();
    Random random = new Random(1);
    OlderSegments older = new OlderSegments(folder);
    assertTrue(segments().size() > 5);
    for (int i = 0; i < 2_000; i++) {
      int first = 1 + random.nextInt(MANY);
      demandSame(
          random.nextInt(10) == 0 ? new OlderSegments(folder) : older,
          first,
          1 + random.nextInt(Math.min(600, MANY - first + 1)));
    }
    demandSame(older, 1, MANY);
  }

  /** Segments come and go behind what is committed, and come back with other entries. */
  @Test
  void theLogIsWrittenAndTruncatedMeanwhile() throws IOException {
    Random random = new Random(2);
    OlderSegments older = new OlderSegments(folder);
    int committed = 0;
    int removed = 0;
    try (SegmentedLog log = open()) {
      while (written.size() < 3 * MANY) {
        append(log, random, 1 + random.nextInt(150), committed);
        if (random.nextInt(3) == 0) {
          int keep = committed + random.nextInt(written.size() - committed + 1);
          removed += written.size() - keep;
          log.truncateFrom(keep + 1);
          written.subList(keep, written.size()).clear();
        }
        committed += random.nextInt(Math.min(100, written.size() - committed) + 1);
        for (int i = 0; i < 5 && committed > 0; i++) {
          int first = 1 + random.nextInt(committed);
          demandSame(older, first, 1 + random.nextInt(committed - first + 1));
        }
      }
    }
    assertTrue(removed > 1_000, "removed=" + removed);
  }

  private DataFolderException refusal(long first, int limit) {
    DataFolderException refusal = assertThrows(
        DataFolderException.class, () -> new OlderSegments(folder).entries(first, limit));
    assertTrue(refusal.isDamage());
    return refusal;
  }

  private void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  @Test
  void noFlippedBitIsReadOver() throws IOException {
    writeMany();
    Path first = segments().get(0);
    byte[] whole = Files.readAllBytes(first);
    int end = LogFormat.SEGMENT_HEAD;
    for (int entry = 0; entry < 3; entry++) {
      end += LogFormat.record(written.get(entry), 0, 0).remaining();
    }
    for (int at = LogFormat.SEGMENT_HEAD; at < end; at++) {
      flip(first, at);
      String said = refusal(1, 10).getMessage();
      assertTrue(said.contains(first + " is damaged: entry "), said);
      Files.write(first, whole);
    }
    demandSame(new OlderSegments(folder), 1, 10);
  }

  @Test
  void aSegmentThatIsGoneIsMissed() throws IOException {
    writeMany();
    long second = SegmentFile.firstIndexOf(segments().get(1));
    Files.delete(segments().get(1));

    assertTrue(refusal(second + 1, 1).getMessage().contains("is damaged: entry " + second));
  }

  @Test
  void aSegmentOfAnotherHistoryIsNotReadOn() throws IOException {
    writeMany();
    Path second = segments().get(1);
    long index = SegmentFile.firstIndexOf(second);
    byte[] head =
        LogFormat.segmentHead(new LogPosition(Epochs.of(MANY, 1), index - 1)).array();
    byte[] bytes = Files.readAllBytes(second);
    System.arraycopy(head, 0, bytes, 0, head.length);
    Files.write(second, bytes);

    assertTrue(refusal(index - 1, 2).getMessage().contains("it does not follow "));
  }

  /** Each is whole, but not the one that must be there. */
  @Test
  void anEntryInThePlaceOfAnotherIsRefused() throws IOException {
    write(entry(1), entry(2), entry(3));
    int at = LogFormat.SEGMENT_HEAD + LogFormat.record(entry(1), 0, 0).remaining();
    Path file = segments().get(0);
    byte[] whole = Files.readAllBytes(file);

    LogFormat.record(entry(3), 0, 0)
        .get(whole, at, LogFormat.record(entry(3), 0, 0).remaining());
    Files.write(file, whole);
    assertTrue(refusal(1, 3).getMessage().contains("is where 2 must be"));

    Entry earlier = Entry.of(2, Epochs.of(1, 0), entry(2).purchase());
    LogFormat.record(earlier, 0, 0)
        .get(whole, at, LogFormat.record(earlier, 0, 0).remaining());
    Files.write(file, whole);
    assertTrue(refusal(1, 3).getMessage().contains("is where 2 must be"));
  }

  @Test
  void aLogThatCannotBeReadIsNoDamage() {
    OlderSegments older = new OlderSegments(folder.resolve("none"));

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> older.entries(1, 1));

    assertFalse(refusal.isDamage());
  }

  @Test
  void aStartReadsOnlyWhatIsNotKnownCommitted() throws IOException {
    writeMany();
    flip(segments().get(0), LogFormat.SEGMENT_HEAD + 20);

    assertThrows(DataFolderException.class, () -> open(FoundLog.READ_ALL).close());
    try (SegmentedLog log = open(MANY)) {
      long base = SegmentFile.firstIndexOf(segments().get(segments().size() - 1)) - 1;
      assertEquals(base, log.foundBehind().index());
      assertEquals(written.subList((int) base, MANY), log.takeFound());
      assertEquals(LogPosition.START, log.base());
    }
    refusal(1, 1);
  }

  /** The orders are lost, so nobody but the log itself says what is committed. */
  @Test
  void whatTheLogSaysIsCommittedIsNotReadEither() throws IOException {
    writeMany();

    try (SegmentedLog log = open(0)) {
      assertEquals(MANY - 10, log.committed());
      assertTrue(log.foundBehind().index() > MANY / 2);
    }
  }

  @Test
  void whatMayHaveToGoIsRead() throws IOException {
    Random random = new Random(3);
    try (SegmentedLog log = open(FoundLog.READ_ALL)) {
      append(log, random, 100, 0);
      while (written.size() < MANY) {
        append(log, random, 10, 100);
      }
    }

    try (SegmentedLog log = open(0)) {
      assertEquals(LogPosition.START, log.foundBehind());
      assertEquals(written, log.takeFound());
    }
  }

  @Test
  void aSegmentThatIsTheNewestAgainGoesOnWhereItEnded() throws IOException {
    writeMany();
    int base = (int) SegmentFile.firstIndexOf(segments().get(segments().size() - 1)) - 1;
    try (SegmentedLog log = open(base)) {
      log.truncateFrom(base);
      written.subList(base - 1, written.size()).clear();
      append(log, new Random(4), 5, base - 1);
    }

    try (SegmentedLog log = open(FoundLog.READ_ALL)) {
      assertEquals(written, log.takeFound());
    }
  }

  @Test
  void aPositionInASegmentThatWasPassedOverIsLookedUpThere() throws IOException {
    writeMany();

    try (SegmentedLog log = open(MANY)) {
      assertTrue(log.holds(written.get(9).position()));
      assertEquals(false, log.holds(new LogPosition(Epochs.of(MANY, 1), 10)));
    }
  }
}
