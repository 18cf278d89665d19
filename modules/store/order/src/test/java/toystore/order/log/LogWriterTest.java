package toystore.order.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.disk.DataFolderException;
import toystore.disk.Patience;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** Whatever the disk refuses ends the writer, and nothing is said to be durable from there on. */
class LogWriterTest {
  private static final int SIZE = 4_096;
  private static final long TERM = Epochs.of(2, 0);

  @TempDir
  private Path folder;

  private final List<String> durable = Collections.synchronizedList(new ArrayList<>());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private volatile BrokenDisk.Fault fault = BrokenDisk.Fault.NONE;
  private SegmentedLog log;
  private LogWriter writer;

  @BeforeEach
  void open() {
    log = openLog();
    writer = new LogWriter("test", log, thrown -> {
      failures.add(thrown);
      failure.complete(thrown);
    });
  }

  /** In earnest the process ends; here the thread that makes the next segment must end first. */
  @AfterEach
  void close() {
    writer.close();
    try {
      log.close();
    } catch (DataFolderException spareFailedToo) {
      assertInstanceOf(IOException.class, spareFailedToo.getCause());
    }
  }

  private SegmentedLog openLog() {
    return SegmentedLog.open(folder, "order-1", SIZE, new BrokenDisk(() -> fault));
  }

  /** All ways in which the log touches its files. */
  enum Work {
    APPEND(log -> log.append(List.of(entry(3)))),
    APPEND_TO_NEW_SEGMENTS(log -> {
      for (long index = 3; index < 60; index++) {
        log.append(List.of(entry(index)));
      }
    }),
    TRUNCATE(log -> log.truncateFrom(2)),
    RESTART_AT_A_SNAPSHOT(log -> log.meet(new LogPosition(TERM, 50))),
    VOTE(log -> log.promise(new Promise(TERM, 1)));

    final LogWriter.LogChange change;

    Work(LogWriter.LogChange change) {
      this.change = change;
    }
  }

  static Stream<Arguments> allFailures() {
    return Stream.of(Work.values()).flatMap(work -> Stream.of(
            BrokenDisk.Fault.WRITE, BrokenDisk.Fault.SYNC, BrokenDisk.Fault.FULL)
        .map(fault -> Arguments.of(work, fault)));
  }

  private static Entry entry(long index) {
    return Entry.of(index, TERM, new PurchaseRequest("k".repeat(100) + index, "T".repeat(100), 1));
  }

  private void add(String name, LogWriter.LogChange change) {
    writer.add(change, () -> durable.add(name));
  }

  private void makeDurable(Entry... entries) {
    writer.add(log -> log.append(List.of(entries)), () -> {});
    CompletableFuture<Void> isDurable = new CompletableFuture<>();
    writer.add(log -> {}, () -> isDurable.complete(null));
    isDurable.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  private Throwable awaitFailure() {
    return failure.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  /** Nobody needs the next segment yet; that it cannot be made is known all the same. */
  @Test
  void aSegmentThatCannotBeMadeIsReportedAtOnce() throws IOException {
    CompletableFuture<Throwable> reported = new CompletableFuture<>();
    Path other = folder.resolve("other");
    SegmentedLog ahead =
        SegmentedLog.open(other, "order-1", SIZE, new BrokenDisk(() -> fault), reported::complete);
    ahead.append(List.of(entry(1)));
    ahead.sync();

    fault = BrokenDisk.Fault.FULL;
    ahead.append(LongStream.range(2, 12).mapToObj(LogWriterTest::entry).toList());

    assertInstanceOf(
        IOException.class,
        reported.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join());
    assertThrows(DataFolderException.class, ahead::close);
  }

  @ParameterizedTest
  @MethodSource("allFailures")
  void afterAFailureNothingIsDurable(Work work, BrokenDisk.Fault planted) {
    makeDurable(entry(1), entry(2));

    fault = planted;
    add("failing", work.change);
    assertInstanceOf(IOException.class, awaitFailure());
    fault = BrokenDisk.Fault.NONE;
    add("later", log -> durable.add("carried out"));
    writer.close();

    assertEquals(List.of(), durable);
    assertEquals(1, failures.size());
  }

  /** What an earlier life was told is durable is found, whatever failed afterwards. */
  @Test
  void aFullDiskLosesNothingThatWasDurable() {
    makeDurable(entry(1), entry(2));

    fault = BrokenDisk.Fault.FULL;
    add("failing", Work.APPEND_TO_NEW_SEGMENTS.change);

    assertEquals("No space left on device", rootOf(awaitFailure()).getMessage());
    writer.close();
    fault = BrokenDisk.Fault.NONE;

    try (SegmentedLog next = openLog()) {
      assertEquals(List.of(entry(1), entry(2)), next.takeFound());
    }
  }

  private static Throwable rootOf(Throwable thrown) {
    return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
  }

  /** A sync is for all that waited: where one change fails, none of its company is durable. */
  @Test
  void whatWaitedTogetherFailsTogether() {
    CompletableFuture<Void> allAreWaiting = new CompletableFuture<>();
    writer.add(log -> allAreWaiting.join(), () -> {});
    LongStream.rangeClosed(1, 3)
        .forEach(index -> add("entry " + index, log -> log.append(List.of(entry(index)))));
    add("failing", log -> {
      throw new IOException("planted");
    });
    allAreWaiting.complete(null);

    awaitFailure();
    writer.close();

    // Some may have gone with the one that held all up; what did not was never synced.
    try (SegmentedLog next = openLog()) {
      assertEquals(
          next.takeFound(),
          LongStream.rangeClosed(1, durable.size())
              .mapToObj(LogWriterTest::entry)
              .toList());
    }
  }

  /** A thread that dies of an error would leave a replica whose disk never answers again. */
  @Test
  void anErrorIsAFailureToo() {
    add("failing", log -> {
      throw new StackOverflowError("planted");
    });

    assertInstanceOf(StackOverflowError.class, awaitFailure());
    writer.close();
    assertEquals(List.of(), durable);
  }
}
