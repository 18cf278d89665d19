package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/** Power failures, kills and failed syncs, at every write of the log. */
class LogCrashTest {
  private static final int SIZE = 4_096;
  private static final long TERM = Epochs.of(2, 0);

  @TempDir
  private Path folder;

  private final LosingDisk disk = new LosingDisk();

  private static Entry entry(long index) {
    return Entry.of(index, TERM, new PurchaseRequest("k".repeat(100) + index, "T".repeat(300), 1));
  }

  private static List<Entry> entries(int first, int last) {
    List<Entry> entries = new ArrayList<>();
    for (int index = first; index <= last; index++) {
      entries.add(entry(index));
    }
    return entries;
  }

  /** The mark is not synced: here a crash leaves none, which is the oldest that it can be. */
  private SegmentedLog open() throws IOException {
    Files.deleteIfExists(folder.resolve(SegmentedLog.MARK));
    return SegmentedLog.open(folder, "order-1", SIZE, disk);
  }

  private List<Entry> reopened() throws IOException {
    try (SegmentedLog log = open()) {
      return log.takeFound();
    }
  }

  /** Each in a batch of its own. */
  private void write(int first, int last) throws IOException {
    try (SegmentedLog log = open()) {
      for (Entry entry : entries(first, last)) {
        log.append(List.of(entry));
        log.sync();
      }
    }
  }

  private Path onlySegment() throws IOException {
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    assertEquals(1, paths.size());
    return paths.get(0);
  }

  /**
   * Killed before the sync, or after a failed one whose pages then pass for written: what the next
   * life reads, and so may acknowledge, is on disk.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsFoundIsDurable(boolean dropped) throws IOException {
    write(1, 2);
    SegmentedLog killed = open();
    disk.failSyncs(dropped);
    killed.append(entries(3, 3));
    assertThrows(IOException.class, killed::sync);
    disk.recover();

    assertEquals(entries(1, 3), reopened());
    disk.losePower(onlySegment());

    assertEquals(entries(1, 3), reopened());
  }

  /** Whatever sectors a removal has reached, the log opens, with all of the removed or none. */
  @Test
  void aRemovalMayBeCutShortAnywhere() throws IOException {
    for (int from : List.of(1, 3, 6)) {
      write(1, 6);
      disk.takeMoments();
      try (SegmentedLog log = open()) {
        disk.takeMoments();
        log.truncateFrom(from);
      }
      demandOpens(disk.takeMoments(), from);
      clear();
    }
  }

  /** So does the completion of a removal that was cut short. */
  @Test
  void theEndOfARemovalMayBeCutShortToo() throws IOException {
    write(1, 6);
    try (SegmentedLog log = open()) {
      disk.takeMoments();
      log.truncateFrom(3);
    }
    List<LosingDisk.Moment> removal = disk.takeMoments();
    byte[] marked = removal.get(0).possible();

    disk.put(onlySegment(), marked);
    assertEquals(entries(1, 2), reopened());

    demandOpens(disk.takeMoments(), 3);
    assertEquals(entries(1, 2), reopened());
  }

  private void demandOpens(List<LosingDisk.Moment> moments, int from) throws IOException {
    assertTrue(moments.size() > 2);
    for (LosingDisk.Moment moment : moments) {
      for (byte[] outcome : moment.outcomes()) {
        disk.put(onlySegment(), outcome);
        List<Entry> found = reopened();
        assertTrue(found.size() == from - 1 || found.size() == 6, () -> "found " + found.size());
        assertEquals(entries(1, found.size()), found);
      }
    }
    disk.takeMoments();
  }

  private void clear() throws IOException {
    for (Path path : SegmentedLog.segmentPaths(folder)) {
      Files.delete(path);
    }
    Files.delete(folder.resolve("promise"));
  }

  /** The mark of a removal excuses no damage before it. */
  @Test
  void damageBeforeARemovalIsRefused() throws IOException {
    write(1, 6);
    try (SegmentedLog log = open()) {
      disk.takeMoments();
      log.truncateFrom(4);
    }
    byte[] marked = disk.takeMoments().get(0).possible();
    for (int at = LogFormat.SEGMENT_HEAD; at < LogFormat.SEGMENT_HEAD + 400; at++) {
      byte[] bad = marked.clone();
      bad[at] ^= 0x10;
      disk.put(onlySegment(), bad);
      assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
    }
  }

  /** After the removal the log goes on, in the place of what was removed. */
  @Test
  void theLogGoesOnAfterARemovalThatWasCutShort() throws IOException {
    write(1, 6);
    try (SegmentedLog log = open()) {
      disk.takeMoments();
      log.truncateFrom(3);
    }
    disk.put(onlySegment(), disk.takeMoments().get(0).possible());

    write(3, 4);

    assertEquals(entries(1, 4), reopened());
  }

  @Test
  void withoutItsNewestSegmentALogIsRefused() throws IOException {
    write(1, 30);
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    Files.delete(paths.get(paths.size() - 1));

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  @Test
  void withoutAnySegmentALogIsRefused() throws IOException {
    write(1, 2);
    Files.delete(onlySegment());

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  @Test
  void segmentsThatWereRemovedAreNotMissed() throws IOException {
    write(1, 30);
    try (SegmentedLog log = open()) {
      log.truncateFrom(4);
    }
    assertEquals(entries(1, 3), reopened());

    try (SegmentedLog log = open()) {
      log.meet(new LogPosition(TERM, 50));
    }
    assertEquals(List.of(), reopened());
  }

  /** Nobody waits while zeros are written: the next segment is made on another thread. */
  @Test
  void aNewSegmentCostsItsHead() throws IOException {
    try (SegmentedLog log = open()) {
      log.append(entries(1, 1));
      log.sync();
      long before = disk.writtenHere();
      int records = 0;
      for (Entry entry : entries(2, 30)) {
        log.append(List.of(entry));
        log.sync();
        records += LogFormat.record(entry, 0, 0).remaining();
      }

      int rolls = SegmentedLog.segmentPaths(folder).size() - 1;
      assertTrue(rolls > 2);
      assertEquals(records + rolls * LogFormat.SEGMENT_HEAD, disk.writtenHere() - before);
    }
  }
}
