package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SealedRowsTest extends SealedRowsCase {
  @Test
  void whatIsSealedIsFoundAndStaysSo() throws IOException {
    try (SealedRows rows = open()) {
      demandRows(rows, 0);
      for (int batch = 0; batch < 20; batch++) {
        rows.seal(batch(batch * 8, 8));
        demandRows(rows, (batch + 1) * 8);
      }
    }

    demandRows(open(), 160);
  }

  /** Against a map: keys of any kind, batches of any size, opened anew now and then. */
  @Test
  void everyKeyIsFoundAndNoOther() throws IOException {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Map<String, Long> expected = new HashMap<>();
      List<String> keys = new ArrayList<>();
      SealedRows rows = SealedRows.open(scratch.resolve("runs-" + seed), OWNER);
      while (keys.size() < 3_000) {
        List<String> added = new ArrayList<>();
        for (int i = random.nextInt(200); i >= 0; i--) {
          String key = Long.toString(random.nextLong(), 36);
          expected.put(key, (long) keys.size() + added.size());
          added.add(key);
        }
        rows.seal(new SealedRows.Added(keys.size(), added, new long[0], 1, new byte[0]));
        keys.addAll(added);
        if (random.nextInt(5) == 0) {
          rows.close();
          rows = SealedRows.open(scratch.resolve("runs-" + seed), OWNER);
        }
      }

      for (Map.Entry<String, Long> each : expected.entrySet()) {
        String key = each.getKey();
        assertEquals(each.getValue(), rows.find(key, row -> keys.get((int) row).equals(key)));
        String other = key + "x";
        assertEquals(
            SealedRows.ABSENT, rows.find(other, row -> keys.get((int) row).equals(other)));
      }
      assertEquals(keys.size(), rows.count(), "seed " + seed);
    }
  }

  /** Two keys with one hash are told apart by whoever can read the rows. */
  @Test
  void aHashThatSeveralKeysHaveGivesEachOfThem() throws IOException {
    SealedRows rows = open();
    List<String> same = List.of("twice", "twice", "once", "twice");
    rows.seal(new SealedRows.Added(0, same, new long[0], 0, new byte[0]));
    Set<Long> asked = new TreeSet<>();

    assertEquals(SealedRows.ABSENT, rows.find("twice", row -> !asked.add(row)));

    assertEquals(Set.of(0L, 1L, 3L), asked);
    assertEquals(3, rows.find("twice", row -> row == 3));
  }

  @Test
  void runsAreMergedAsABinaryCounterCounts() throws IOException {
    SealedRows rows = open();
    for (int batch = 0; batch < 100; batch++) {
      rows.seal(batch(batch * 4, 4));
      assertEquals(Integer.bitCount(batch + 1), files().size());
      assertEquals(Integer.bitCount(batch + 1), rows.extents().size());
    }
  }

  @Test
  void aRunGrowsNoFurtherThanItCanBeMapped() throws IOException {
    SealedRows rows = SealedRows.open(folder(), OWNER, RunDisk.OF_THE_SYSTEM, 16);
    for (int batch = 0; batch < 20; batch++) {
      rows.seal(batch(batch * 4, 4));
    }

    demandRows(rows, 80);
    assertEquals(5, files().size());
    demandRows(open(), 80);
  }

  /** The database beside it needs the room. */
  @Test
  void nothingIsLeftOfARunThatADiskHadNoRoomFor() throws IOException {
    RunDisk full = new RunDisk() {
      @Override
      public void force(FileChannel file) throws IOException {
        throw new IOException("No space left on device");
      }
    };
    open();
    SealedRows rows = SealedRows.open(folder(), OWNER, full, MOST_ROWS);

    assertThrows(IOException.class, () -> rows.seal(batch(0, 4)));

    try (Stream<Path> left = Files.list(folder())) {
      assertEquals(List.of(folder().resolve("seed")), left.toList());
    }
  }

  @Test
  void howFarARunWentStaysTrueWhenItIsMerged() throws IOException {
    SealedRows rows = open();
    rows.seal(batch(0, 4));
    SealedRows.Extent first = rows.extent();
    rows.seal(batch(4, 4));

    assertEquals(new SealedRows.Extent(4, batch(0, 4).digest()), first);
    assertEquals(
        new SealedRows.Extent(8, batch(0, 4).digest() + batch(4, 4).digest()), rows.extent());
  }

  /** Longer than what is written at a time. */
  @Test
  void aLongStateIsWrittenWhole() throws IOException {
    byte[] state = new byte[5 << 19];
    new Random(1).nextBytes(state);
    open().seal(new SealedRows.Added(0, List.of("key"), new long[1], 0, state));

    assertArrayEquals(state, open().state());
  }

  @Test
  void onlyTheNextRowsAreSealed() throws IOException {
    SealedRows rows = open();
    rows.seal(batch(0, 4));

    assertThrows(IllegalStateException.class, () -> rows.seal(batch(0, 4)));
    assertThrows(IllegalStateException.class, () -> rows.seal(batch(8, 4)));
    assertThrows(IllegalArgumentException.class, () -> batch(4, 0));
    assertThrows(IllegalArgumentException.class, () -> rows.link(4));
  }

  @Test
  void whatIsForgottenIsGone() throws IOException {
    SealedRows rows = open();
    rows.seal(batch(0, 4));
    rows.seal(batch(4, 2));

    rows.forget();

    demandRows(rows, 0);
    assertTrue(files().isEmpty());
    rows.seal(batch(0, 8));
    demandRows(open(), 8);
  }

  /** A key that were not found any more would be decided again, before the process has ended. */
  @Test
  void whatIsDistrustedIsFoundUntilTheEndAndNotOpenedAgain() throws IOException {
    SealedRows rows = open();
    rows.seal(batch(0, 4));

    rows.distrust();

    demandRows(rows, 4);
    rows.seal(batch(4, 4)); // Which was under way on another thread.
    demandRows(open(), 0);
  }

  @Test
  void anotherOwnersRunsAreDeleted() throws IOException {
    open().seal(batch(0, 4));

    demandRows(SealedRows.open(folder(), "order-2"), 0);
    assertTrue(files().isEmpty());
  }

  /** The hashes in the runs were made with it. */
  @Test
  void runsWithoutTheirSeedAreDeleted() throws IOException {
    open().seal(batch(0, 4));
    Files.delete(folder().resolve("seed"));

    demandRows(open(), 0);
  }

  @Test
  void aRunUnderAnotherNameIsDeleted() throws IOException {
    open().seal(batch(0, 4));
    Files.move(folder().resolve("0-4.run"), folder().resolve("0-8.run"));

    demandRows(open(), 0);
  }

  @Test
  void rowsCountUpToTheFirstRunThatIsMissing() throws IOException {
    SealedRows rows = open();
    for (int batch = 0; batch < 7; batch++) {
      rows.seal(batch(batch * 4, 4));
    }
    Files.delete(folder().resolve("16-8.run"));

    demandRows(open(), 16);

    assertEquals(List.of(folder().resolve("0-16.run")), files());
    rows = open();
    rows.seal(batch(16, 4));
    demandRows(rows, 20);
  }

  @Test
  void whatIsLeftOfAMergeIsOfNoUse() throws IOException {
    open().seal(batch(0, 4));
    byte[] first = Files.readAllBytes(folder().resolve("0-4.run"));
    open().seal(batch(4, 4));
    Files.write(folder().resolve("0-4.run"), first);
    Files.write(folder().resolve("8-4.run.tmp"), first);

    demandRows(open(), 8);

    assertEquals(List.of(folder().resolve("0-8.run")), files());
    assertTrue(Files.notExists(folder().resolve("8-4.run.tmp")));
  }

  /** What another version means by the same bytes is unknown. */
  @Test
  void aRunOfAnotherVersionIsDeleted() throws IOException {
    open().seal(batch(0, 4));
    Path run = folder().resolve("0-4.run");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(run));
    int foot = bytes.limit() - RunFoot.BYTES;
    bytes.put(foot + 7, (byte) (bytes.get(foot + 7) + 1));
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), foot, RunFoot.BYTES - Integer.BYTES);
    Files.write(
        run, bytes.putInt(bytes.limit() - Integer.BYTES, (int) crc.getValue()).array());

    demandRows(open(), 0);

    assertTrue(files().isEmpty());
  }

  @Test
  void aRunThatIsLongerThanItSaysIsDeleted() throws IOException {
    open().seal(batch(0, 4));
    Path run = folder().resolve("0-4.run");
    byte[] bytes = Files.readAllBytes(run);
    int foot = bytes.length - RunFoot.BYTES;
    ByteBuffer longer = ByteBuffer.allocate(bytes.length + Long.BYTES);
    longer.put(bytes, 0, foot).putLong(0).put(bytes, foot, RunFoot.BYTES);
    Files.write(run, longer.array());

    demandRows(open(), 0);
  }

  @Test
  void aRunThatCannotBeReadIsDeleted() throws IOException {
    open();
    Files.createDirectory(folder().resolve("0-4.run"));

    demandRows(open(), 0);

    assertTrue(files().isEmpty());
  }

  @Test
  void aTruncatedRunIsDeleted() throws IOException {
    SealedRows rows = open();
    rows.seal(batch(0, 8));
    rows.seal(batch(8, 4));
    byte[] whole = Files.readAllBytes(folder().resolve("8-4.run"));

    for (int length = 0; length < whole.length; length++) {
      byte[] shorter = new byte[length];
      System.arraycopy(whole, 0, shorter, 0, length);
      Files.write(folder().resolve("8-4.run"), shorter);
      demandRows(open(), 8);
      Files.write(folder().resolve("8-4.run"), whole);
    }
    demandRows(open(), 12);
  }

  @Test
  void everyFlippedBitIsFound() throws IOException {
    SealedRows rows = open();
    rows.seal(batch(0, 8));
    rows.seal(batch(8, 4));
    for (String name : List.of("8-4.run", "seed")) {
      byte[] whole = Files.readAllBytes(folder().resolve(name));
      byte[] run = Files.readAllBytes(folder().resolve("8-4.run"));
      byte[] first = Files.readAllBytes(folder().resolve("0-8.run"));
      for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
        ByteBuffer flipped = ByteBuffer.wrap(whole.clone());
        int at = bit / Byte.SIZE;
        flipped.put(at, (byte) (flipped.get(at) ^ 1 << bit % Byte.SIZE));
        Files.write(folder().resolve(name), flipped.array());

        demandRows(open(), name.equals("seed") ? 0 : 8);

        Files.write(folder().resolve("0-8.run"), first);
        Files.write(folder().resolve("8-4.run"), run);
        Files.write(folder().resolve(name), whole);
        demandRows(open(), 12);
      }
    }
  }
}
