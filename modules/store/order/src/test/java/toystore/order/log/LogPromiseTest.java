package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolderException;
import toystore.model.Epochs;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** The promise beside a log: two copies, of which one may be lost. */
class LogPromiseTest extends SegmentedLogCase {
  private static final int BLOCK = 4_096;

  @Test
  void theLastPromiseIsFound() throws IOException {
    assertPromised(Promise.NONE);
    promise(new Promise(TERM, 3));
    assertPromised(new Promise(TERM, 3));
  }

  @Test
  void anyByteOfOneCopyOfThePromiseMayBeLost() throws IOException {
    promise(new Promise(TERM, 3));
    byte[] good = Files.readAllBytes(promiseFile());
    for (int at = 0; at < good.length; at += at == 511 ? BLOCK - 511 : 1) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(promiseFile(), bad);
      assertPromised(new Promise(TERM, 3));
    }
  }

  /** A disk that tears a write may spoil the whole block that it was in the middle of. */
  @ParameterizedTest
  @ValueSource(ints = {0, BLOCK})
  void aBlockOfThePromiseMayBeLost(int block) throws IOException {
    promise(new Promise(TERM, 3));
    byte[] bytes = Files.readAllBytes(promiseFile());
    Arrays.fill(bytes, block, Math.min(block + BLOCK, bytes.length), (byte) 0x55);
    Files.write(promiseFile(), bytes);

    assertPromised(new Promise(TERM, 3));
  }

  @Test
  void aPromiseWithoutGoodCopyIsRefused() throws IOException {
    promise(new Promise(TERM, 3));
    byte[] bytes = Files.readAllBytes(promiseFile());
    bytes[8] ^= 0x10;
    bytes[BLOCK + 8] ^= 0x10;
    Files.write(promiseFile(), bytes);

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  /**
   * Earlier versions had the second copy right behind the first: it must not outlive a newer one.
   */
  @Test
  void aPromiseSideBySideIsReadUntilItIsRewritten() throws IOException {
    promise(new Promise(TERM, 3));
    byte[] apart = Files.readAllBytes(promiseFile());
    byte[] sideBySide = Arrays.copyOf(apart, 1_024);
    System.arraycopy(apart, 0, sideBySide, 512, 512);
    sideBySide[8] ^= 0x10;
    Files.write(promiseFile(), sideBySide);
    assertPromised(new Promise(TERM, 3));

    byte[] rewritten = Files.readAllBytes(promiseFile());
    System.arraycopy(apart, 0, rewritten, 512, 512);
    rewritten[8] ^= 0x10;
    rewritten[BLOCK + 8] ^= 0x10;
    Files.write(promiseFile(), rewritten);

    assertTrue(assertThrows(DataFolderException.class, this::open).isDamage());
  }

  private Path promiseFile() {
    return folder.resolve("promise");
  }

  private void promise(Promise promise) throws IOException {
    try (SegmentedLog log = open()) {
      log.promise(promise);
    }
  }

  private void assertPromised(Promise promise) {
    try (SegmentedLog log = open()) {
      assertEquals(promise, log.promise());
    }
  }

  @Test
  void aPromiseOlderThanTheLogIsRefused() throws IOException {
    promise(new Promise(Epochs.of(3, 0), 2));
    byte[] older = Files.readAllBytes(folder.resolve(SegmentedLog.PROMISE));
    promise(new Promise(Epochs.of(5, 0), 3));
    write(Entry.noOp(1, Epochs.of(5, 0)));

    Files.write(folder.resolve(SegmentedLog.PROMISE), older);

    DataFolderException refusal = assertThrows(DataFolderException.class, this::open);
    assertTrue(refusal.isDamage());
    assertTrue(refusal.getMessage().contains("it is of term 3.0"), refusal.getMessage());
  }

  @Test
  void aLogWithoutPromiseIsRefused() throws IOException {
    write(entry(1));
    Files.delete(folder.resolve("promise"));

    DataFolderException refusal = assertThrows(DataFolderException.class, this::open);
    assertTrue(refusal.isDamage());
  }

  /** What this replica promised is in its own log alone. */
  @Test
  void aLogOfAnotherReplicaIsRefusedAndStaysAsItWas() throws IOException {
    promise(new Promise(TERM, 3));
    byte[] before = Files.readAllBytes(promiseFile());

    DataFolderException refusal =
        assertThrows(DataFolderException.class, () -> SegmentedLog.open(folder, "order-2", SIZE));

    assertFalse(refusal.isDamage());
    assertEquals("log " + folder + " belongs to order-1, not order-2", refusal.getMessage());
    assertArrayEquals(before, Files.readAllBytes(promiseFile()));
    assertPromised(new Promise(TERM, 3));
  }

  /** Earlier versions wrote no owner. */
  @Test
  void aLogThatDoesNotSayWhoseItIsBelongsToTheFirstWhoOpensIt() throws IOException {
    promise(new Promise(TERM, 3));
    byte[] bytes = Files.readAllBytes(promiseFile());
    Arrays.fill(bytes, 40, LogFormat.SECTOR, (byte) 0);
    Arrays.fill(bytes, BLOCK + 40, bytes.length, (byte) 0);
    Files.write(promiseFile(), bytes);

    assertPromised(new Promise(TERM, 3));

    assertThrows(DataFolderException.class, () -> SegmentedLog.open(folder, "order-2", SIZE));
  }
}
