package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import toystore.disk.DataFolderException;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/** Reopened, the log is what was acknowledged and perhaps a little more, or it is refused. */
class SegmentedLogTest extends SegmentedLogCase {
  private static Entry large(long index) {
    return Entry.of(index, TERM, new PurchaseRequest("k".repeat(128), "T".repeat(600), 1));
  }

  private List<Entry> reopened() {
    try (SegmentedLog log = open()) {
      return log.takeFound();
    }
  }

  private Path lastSegment() throws IOException {
    List<Path> paths = SegmentedLog.segmentPaths(folder);
    return paths.get(paths.size() - 1);
  }

  @Test
  void whatWasAppendedIsFound() throws IOException {
    write(Entry.noOp(1, TERM), entry(2));
    write(large(3), entry(4));

    assertEquals(List.of(Entry.noOp(1, TERM), entry(2), large(3), entry(4)), reopened());
  }

  @Test
  void truncatedEntriesAreGone() throws IOException {
    write(entry(1), large(2), entry(3));
    try (SegmentedLog log = open()) {
      log.truncateFrom(2);
      log.append(List.of(entry(2)));
      log.sync();
    }

    assertEquals(List.of(entry(1), entry(2)), reopened());
  }

  @Test
  void segmentsFollowEachOtherAndTheOldestGoFirst() throws IOException {
    List<Entry> all = new ArrayList<>();
    for (long index = 1; index <= 40; index++) {
      all.add(large(index));
      write(large(index));
    }
    assertEquals(all, reopened());
    assertTrue(SegmentedLog.segmentPaths(folder).size() > 3);

    LogPosition base;
    try (SegmentedLog log = open()) {
      log.dropThrough(30);
      base = log.base();
      log.truncateFrom(35);
    }

    assertTrue(base.index() > 20 && base.index() <= 30);
    assertEquals(all.subList((int) base.index(), 34), reopened());
  }

  @Test
  void aMissingSegmentIsDamage() throws IOException {
    for (long index = 1; index <= 20; index++) {
      write(large(index));
    }
    Files.delete(SegmentedLog.segmentPaths(folder).get(1));

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  @Test
  void aLogThatDoesNotHoldTheStateRestartsThere() throws IOException {
    write(entry(1), entry(2));
    try (SegmentedLog log = open()) {
      log.meet(new LogPosition(TERM, 2));
      log.append(List.of(entry(3)));
      log.meet(new LogPosition(TERM, 9));
      log.append(List.of(entry(10)));
      log.sync();
    }

    try (SegmentedLog log = open()) {
      assertEquals(new LogPosition(TERM, 9), log.base());
      assertEquals(List.of(entry(10)), log.takeFound());
    }
  }

  /**
   * A write that a crash cut short, at every byte: all before it is there, and nothing is refused.
   */
  @Test
  void aTornTailIsCutWhereverItTore() throws IOException {
    write(entry(1), entry(2));
    byte[] before = Files.readAllBytes(lastSegment());
    write(entry(3), large(4), entry(5));
    byte[] after = Files.readAllBytes(lastSegment());
    int end = after.length - trailingZeros(after);
    for (int cut = before.length - trailingZeros(before); cut <= end; cut++) {
      crashLeaves(Arrays.copyOf(after, cut));
      List<Entry> found = reopened();
      assertTrue(found.size() >= 2 && found.size() <= 5);
      assertEquals(
          List.of(entry(1), entry(2), entry(3), large(4), entry(5)).subList(0, found.size()),
          found);
    }
  }

  /** The sectors of one write reach the disk in any order, each whole or not at all. */
  @Test
  void anySectorsOfTheLastWriteMayBeMissing() throws IOException {
    write(entry(1), entry(2));
    byte[] before = Files.readAllBytes(lastSegment());
    write(entry(3), large(4), entry(5), large(6));
    byte[] after = Files.readAllBytes(lastSegment());
    List<Entry> all = List.of(entry(1), entry(2), entry(3), large(4), entry(5), large(6));
    int sectors = after.length / LogFormat.SECTOR;
    for (int mask = 0; mask < 1 << sectors; mask++) {
      byte[] mixed = before.clone();
      for (int sector = 0; sector < sectors; sector++) {
        if ((mask >> sector & 1) != 0) {
          int at = sector * LogFormat.SECTOR;
          System.arraycopy(after, at, mixed, at, LogFormat.SECTOR);
        }
      }
      crashLeaves(mixed);
      List<Entry> found = reopened();
      assertEquals(all.subList(0, found.size()), found);
      assertTrue(found.size() >= 2);
    }
  }

  /** Of the last write, before it was acknowledged: so the mark says nothing of it yet. */
  private void crashLeaves(byte[] segment) throws IOException {
    Files.write(lastSegment(), segment);
    Files.delete(folder.resolve(SegmentedLog.MARK));
  }

  /** What looks like a torn write is none where the entries were acknowledged. */
  @Test
  void acknowledgedEntriesThatAreCutOffAreRefused() throws IOException {
    write(entry(1), entry(2));
    byte[] before = Files.readAllBytes(lastSegment());
    write(entry(3));
    byte[] after = Files.readAllBytes(lastSegment());
    write(entry(4));

    for (byte[] cut : List.of(before, after)) {
      Files.write(lastSegment(), cut);
      for (int look = 0; look < 2; look++) {
        DataFolderException refusal = assertThrows(DataFolderException.class, this::open);
        assertTrue(refusal.getMessage().contains("entry 4 was durable"), refusal.getMessage());
      }
    }
  }

  /** Nothing is missed that was removed, whatever came in its place. */
  @Test
  void afterARemovalTheMarkIsThatOfTheNewEntries() throws IOException {
    write(entry(1), entry(2), entry(3));
    byte[] three = Files.readAllBytes(lastSegment());
    try (SegmentedLog log = open()) {
      log.truncateFrom(2);
    }
    assertEquals(List.of(entry(1)), reopened());
    write(Entry.noOp(2, TERM));

    assertEquals(List.of(entry(1), Entry.noOp(2, TERM)), reopened());
    Files.write(lastSegment(), Arrays.copyOf(three, LogFormat.SEGMENT_HEAD));
    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  /** A flipped bit in what was acknowledged is never taken for a torn tail. */
  @Test
  void aFlippedByteIsRefusedWhereverItIs() throws IOException {
    write(entry(1), large(2));
    write(entry(3), large(4));
    byte[] good = Files.readAllBytes(lastSegment());
    int end = good.length - trailingZeros(good);
    for (int at = LogFormat.SEGMENT_HEAD; at < end; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(lastSegment(), bad);
      DataFolderException refusal = assertThrows(DataFolderException.class, this::open);
      assertTrue(refusal.isDamage(), "byte " + at);
    }
  }

  /** A lost sector below a later batch is damage: that one was written after it was durable. */
  @Test
  void aLostSectorInTheMiddleIsRefused() throws IOException {
    write(entry(1), large(2), large(3));
    write(entry(4));
    byte[] bad = Files.readAllBytes(lastSegment());
    Arrays.fill(bad, 2 * LogFormat.SECTOR, 3 * LogFormat.SECTOR, (byte) 0);
    Files.write(lastSegment(), bad);

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  /** After any crash in any course of writes, what was acknowledged is there. */
  @Test
  void aCrashLosesNothingAcknowledged() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Entry> acknowledged = new ArrayList<>(reopened());
      byte[] before = new byte[0];
      List<Entry> batch = new ArrayList<>();
      for (int write = 0; write < 3; write++) {
        acknowledged.addAll(batch);
        batch = new ArrayList<>();
        int size = 1 + random.nextInt(3);
        for (int place = 0; place < size; place++) {
          long index = acknowledged.size() + place + 1L;
          batch.add(random.nextBoolean() ? entry(index) : large(index));
        }
        List<Path> paths = SegmentedLog.segmentPaths(folder);
        before = paths.isEmpty() ? before : Files.readAllBytes(lastSegment());
        write(batch.toArray(Entry[]::new));
      }
      byte[] after = Files.readAllBytes(lastSegment());
      boolean sameSegment = before.length == after.length
          && Arrays.equals(before, 0, LogFormat.SEGMENT_HEAD, after, 0, LogFormat.SEGMENT_HEAD);
      for (int at = 0; sameSegment && at < after.length; at += LogFormat.SECTOR) {
        if (random.nextBoolean()) {
          System.arraycopy(before, at, after, at, LogFormat.SECTOR);
        }
      }
      crashLeaves(after);

      List<Entry> found = reopened();
      assertTrue(found.size() >= acknowledged.size(), "seed " + seed);
      assertEquals(acknowledged, found.subList(0, acknowledged.size()));
      acknowledged.addAll(batch);
      assertEquals(acknowledged.subList(0, found.size()), found);
    }
  }

  private static int trailingZeros(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[bytes.length - 1 - zeros] == 0) {
      zeros++;
    }
    return zeros;
  }
}
