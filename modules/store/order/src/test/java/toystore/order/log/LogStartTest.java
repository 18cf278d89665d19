package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** A start reads the newest segments, and looks at the heads of the others. */
class LogStartTest extends SegmentedLogCase {
  private static final int ENTRIES = 400;
  private static final int BATCH = 10;

  private List<Path> segments;

  /** Nothing in it says what is committed. */
  @BeforeEach
  void writeMany() throws IOException {
    try (SegmentedLog log = open()) {
      log.promise(new Promise(Epochs.of(9, 0), 1));
      for (int first = 1; first <= ENTRIES; first += BATCH) {
        log.append(LongStream.range(first, first + BATCH)
            .mapToObj(SegmentedLogCase::entry)
            .toList());
        log.sync();
      }
    }
    segments = SegmentedLog.segmentPaths(folder);
    assertTrue(segments.size() > 5);
  }

  private SegmentedLog start(long known) {
    return SegmentedLog.open(folder, "order-1", SIZE, true, known, LogFile::open, failure -> {});
  }

  private long firstOf(int segment) {
    return SegmentFile.firstIndexOf(segments.get(segment));
  }

  private void head(int segment, LogPosition before) throws IOException {
    byte[] bytes = Files.readAllBytes(segments.get(segment));
    ByteBuffer head = LogFormat.segmentHead(before);
    head.get(bytes, 0, head.remaining());
    Files.write(segments.get(segment), bytes);
  }

  private void demandRefused(int segment, long known) {
    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> start(known).close());
    assertTrue(refusal.isDamage());
    assertTrue(
        refusal.getMessage().contains(segments.get(segment).toString()), refusal.getMessage());
  }

  /** The newest one is read always; of those before it, each that has more than is known. */
  @Test
  void segmentsAreReadFromTheNewestOnUntilAllBeforeIsKnownCommitted() throws IOException {
    for (int segment = 1; segment < segments.size(); segment++) {
      long last = firstOf(segment) - 1;
      demandReadFrom(segment, last);
      demandReadFrom(segment - 1, last - 1);
    }
    demandReadFrom(segments.size() - 1, ENTRIES);
    demandReadFrom(0, 0);
  }

  private void demandReadFrom(int segment, long known) {
    try (SegmentedLog log = start(known)) {
      assertEquals(firstOf(segment) - 1, log.foundBehind().index());
      List<Long> found = new ArrayList<>();
      for (Entry entry : log.takeFound()) {
        found.add(entry.index());
      }
      assertEquals(LongStream.rangeClosed(firstOf(segment), ENTRIES).boxed().toList(), found);
      assertEquals(new LogPosition(TERM, ENTRIES), log.last());
    }
  }

  @Test
  void aHeadIsLookedAtThoughItsSegmentIsNotRead() throws IOException {
    byte[] bytes = Files.readAllBytes(segments.get(1));
    bytes[9] ^= 1;
    Files.write(segments.get(1), bytes);

    demandRefused(1, ENTRIES);
  }

  @Test
  void aSegmentThatIsNotReadStartsWhereItsNameSays() throws IOException {
    head(1, new LogPosition(TERM, firstOf(1)));

    demandRefused(1, ENTRIES);
  }

  @Test
  void aSegmentThatIsNotReadEndsInNoEarlierTermThanItStarts() throws IOException {
    head(2, new LogPosition(Epochs.of(1, 0), firstOf(2) - 1));

    demandRefused(1, ENTRIES);
  }

  @Test
  void aSegmentThatIsReadEndsWhereTheNextOneStarts() throws IOException {
    head(2, new LogPosition(Epochs.of(1, 0), firstOf(2) - 1));

    demandRefused(1, 0);
  }

  /** Without its mark, which would notice it too. */
  @Test
  void aLogWithoutItsNewestSegmentIsRefused() throws IOException {
    Files.delete(segments.get(segments.size() - 1));
    Files.delete(folder.resolve(SegmentedLog.MARK));

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> start(0).close());

    assertTrue(refusal.getMessage().contains("its segment that starts at "));
  }

  /** Not at the start: it reads nothing that would show it. */
  @Test
  void aGapBeforeWhatIsReadIsFoundByWhoLooksBeforeIt() throws IOException {
    Files.delete(segments.get(1));

    try (SegmentedLog log = start(ENTRIES)) {
      DataFolderException refusal =
          assertThrows(DataFolderException.class, () -> log.holds(new LogPosition(TERM, 2)));
      assertTrue(refusal.getMessage().contains("it ends at "), refusal.getMessage());
    }
  }
}
