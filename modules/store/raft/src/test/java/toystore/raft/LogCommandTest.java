package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;
import toystore.replication.Epochs;

/** What is said of a log, whole or not, from its files. */
class LogCommandTest {
  private static final int SIZE = 4_096;
  private static final int ENTRIES = 60;
  private static final long TERM = Epochs.of(2, 0);

  @TempDir
  private Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path folder;

  @BeforeEach
  void aLogOfSomeSegments() throws IOException {
    folder = data.resolve("order-1").resolve(RaftEngine.LOG);
    try (SegmentedLog log = open()) {
      for (Entry entry : entries()) {
        log.append(List.of(entry));
        log.sync();
      }
    }
    assertTrue(segments().size() > 3);
  }

  private SegmentedLog open() {
    return SegmentedLog.open(folder, SIZE);
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

  private int print(String... options) {
    CommandLine command =
        new CommandLine(new LogCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    all[0] = "--data";
    all[1] = data.toString();
    all[2] = "--replica";
    all[3] = "1";
    return command.execute(all);
  }

  @Test
  void allThatIsBeforeTheDamageIsPrinted() throws IOException {
    Path second = segments().get(1);
    long first = SegmentFile.firstIndexOf(second);
    byte[] bytes = Files.readAllBytes(second);
    int record = LogFormat.record(entries().get((int) first), 0).remaining();
    bytes[LogFormat.SEGMENT_HEAD + 2 * record + 40] ^= 1;
    Files.write(second, bytes);

    assertEquals(1, print());

    assertEquals(first + 1, out.toString().lines().count());
    assertTrue(err.toString().contains("entry " + (first + 2)), err::toString);
  }

  @Test
  void aLogWithoutTermAndVoteIsDamaged() throws IOException {
    Files.delete(folder.resolve(SegmentedLog.PROMISE));

    assertEquals(1, print());

    assertTrue(err.toString().contains("term and vote are missing"), err::toString);
  }

  @Test
  void aLogWithoutItsNewestSegmentIsDamaged() throws IOException {
    Path newest = segments().get(segments().size() - 1);
    Files.delete(newest);

    assertEquals(1, print());

    assertEquals(SegmentFile.firstIndexOf(newest) - 1, out.toString().lines().count());
  }

  @Test
  void aTornTailIsNamed() throws IOException {
    assertEquals(0, print());
    assertTrue(err.toString().contains("torn=false"), err::toString);
    Path newest = segments().get(segments().size() - 1);
    byte[] bytes = Files.readAllBytes(newest);
    int end = bytes.length;
    while (bytes[end - 1] == 0) {
      end--;
    }
    // A sector of a record that was to follow.
    bytes[(end / LogFormat.SECTOR + 1) * LogFormat.SECTOR] = 1;
    Files.write(newest, bytes);

    assertEquals(0, print());

    assertTrue(err.toString().contains("torn=true"), err::toString);
  }

  @Test
  void whereTheLogStartsIsSaid() throws IOException {
    try (SegmentedLog log = open()) {
      log.dropThrough(ENTRIES / 2);
    }
    long first = SegmentFile.firstIndexOf(segments().get(0));

    assertEquals(0, print("--from", "1"));

    assertTrue(first > 1);
    assertTrue(err.toString().contains("first=" + first + " last=" + ENTRIES), err::toString);
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
