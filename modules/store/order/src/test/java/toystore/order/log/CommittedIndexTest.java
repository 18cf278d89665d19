package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** What the log of an engine says that never cuts it at its front. */
class CommittedIndexTest extends SegmentedLogCase {
  private static List<Entry> entries(long first, long last) {
    List<Entry> entries = new ArrayList<>();
    for (long index = first; index <= last; index++) {
      entries.add(entry(index));
    }
    return entries;
  }

  private SegmentedLog openNew() {
    return SegmentedLog.open(
        folder, "order-1", SIZE, true, FoundLog.READ_ALL, LogFile::open, failure -> {});
  }

  private long committed() {
    try (SegmentedLog log = open()) {
      return log.committed();
    }
  }

  @Test
  void theCommittedIndexTravelsWithEntries() throws IOException {
    try (SegmentedLog log = open()) {
      log.append(entries(1, 3), 2);
      log.append(entries(4, 4), 2);
      log.sync();
    }

    assertEquals(2, committed());
    try (SegmentedLog log = open()) {
      assertEquals(entries(1, 4), log.takeFound());
    }
  }

  /** Else a log could know more committed than it has. */
  @Test
  void aTornWriteHasTheCommittedIndexOfBefore() throws IOException {
    try (SegmentedLog log = open()) {
      log.append(entries(1, 1), 1);
      log.sync();
      log.append(entries(2, 20), 18);
      log.sync();
    }
    Files.delete(folder.resolve(SegmentedLog.MARK));
    Path segment = SegmentedLog.segmentPaths(folder).get(0);
    byte[] bytes = Files.readAllBytes(segment);
    Arrays.fill(bytes, 3 * LogFormat.SECTOR, 4 * LogFormat.SECTOR, (byte) 0);
    Files.write(segment, bytes);

    try (SegmentedLog log = open()) {
      assertTrue(log.last().index() > 1 && log.last().index() < 20);
      assertEquals(1, log.committed());
    }
  }

  @Test
  void theCommittedIndexIsSaidAnewAfterATruncation() throws IOException {
    try (SegmentedLog log = open()) {
      log.append(entries(1, 3), 2);
      log.append(entries(4, 4), 3);
      log.truncateFrom(4);
      log.append(entries(4, 4), 3);
      log.sync();
    }

    assertEquals(3, committed());
  }

  @Test
  void anOlderSegmentIsTruncatedAndGrowsAgain() throws IOException {
    try (SegmentedLog log = open()) {
      log.append(entries(1, 100), 1);
      log.append(entries(101, 200), 1);
      log.append(entries(201, 202), 1);
      log.truncateFrom(101);
      log.append(entries(101, 101), 1);
      log.truncateFrom(51);
      assertEquals(new LogPosition(TERM, 50), log.last());
      log.append(List.of(Entry.noOp(51, Epochs.of(3, 0))), 1);
      log.sync();
    }

    List<Entry> expected = new ArrayList<>(entries(1, 50));
    expected.add(Entry.noOp(51, Epochs.of(3, 0)));
    try (SegmentedLog log = open()) {
      assertEquals(expected, log.takeFound());
      assertTrue(log.holds(new LogPosition(TERM, 50)));
      assertTrue(log.holds(new LogPosition(Epochs.of(3, 0), 51)));
      assertFalse(log.holds(new LogPosition(TERM, 51)));
    }
  }

  /** Not all of them with each sync: a log that is never cut has many. */
  @Test
  void anOlderSegmentThatIsGoneIsNoticedSoon() throws IOException {
    try (SegmentedLog log = open()) {
      for (int index = 1; index <= 300; index += 100) {
        log.append(entries(index, index + 99), 0);
      }
      log.sync();
      List<Path> segments = SegmentedLog.segmentPaths(folder);
      assertEquals(3, segments.size());
      log.demandInPlace();
      Files.delete(segments.get(0));

      DataFolderException gone = assertThrows(DataFolderException.class, () -> {
        log.demandInPlace();
        log.demandInPlace();
      });

      assertTrue(gone.getMessage().contains("is gone while it was in use"));
    }
  }

  @Test
  void aNewLogMayBeOneOfAReplicaThatRebuilds() throws IOException {
    try (SegmentedLog log = openNew()) {
      assertTrue(log.isRebuilding());
      // It has promised nothing, whatever it has fetched.
      log.append(entries(1, 2), 1);
      log.sync();
    }
    try (SegmentedLog log = openNew()) {
      assertTrue(log.isRebuilding());
      log.promise(new Promise(TERM, 3), false);
    }
    try (SegmentedLog log = openNew()) {
      assertFalse(log.isRebuilding());
      assertEquals(new Promise(TERM, 3), log.promise());
    }
  }

  @Test
  void aPromiseOfARebuildingReplicaMayLoseACopyToo() throws IOException {
    openNew().close();
    Path promise = folder.resolve(SegmentedLog.PROMISE);
    byte[] bytes = Files.readAllBytes(promise);
    Arrays.fill(bytes, 0, LogFormat.SECTOR, (byte) 0x55);
    Files.write(promise, bytes);

    try (SegmentedLog log = open()) {
      assertTrue(log.isRebuilding());
    }
  }
}
