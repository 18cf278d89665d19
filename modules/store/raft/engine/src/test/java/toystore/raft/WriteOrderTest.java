package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.order.DurableLog;
import toystore.order.log.BrokenDisk;
import toystore.order.log.BrokenDisk.Fault;
import toystore.order.log.LogFile;
import toystore.order.log.LogReading;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/** Of a write that is broken off, the promise at least is there: {@link Effects.Write}. */
class WriteOrderTest {
  private static final int SEGMENT = 4_096;
  private static final Promise OLD = new Promise(Epochs.of(1, 0), 1);
  private static final Promise NEW = new Promise(Epochs.of(2, 0), 2);

  @TempDir
  Path temporary;

  private volatile Fault fault = Fault.NONE;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  @Test
  void aLogThatCannotBeTruncatedHasTheNewPromise() throws Exception {
    List<Entry> entries = List.of(entry(1), entry(2), entry(3));
    try (DataFolder data = DataFolder.open(temporary)) {
      DurableLog log = OpenEngine.of(
              new RaftEngine(10, SEGMENT, 4, this::open), 1, data, failure::complete)
          .log();
      CompletableFuture<Void> durable = new CompletableFuture<>();
      log.persist(new Effects.Write(1, 0, entries, OLD, 0), () -> durable.complete(null));
      durable.get();

      fault = Fault.WRITE;
      log.persist(new Effects.Write(2, 2, List.of(), NEW, 0), () -> {});
      failure.get();
      log.close();
    }

    LogReading found = LogReading.of(temporary.resolve(SegmentedLog.FOLDER));
    List<Entry> left = new ArrayList<>();
    found.forEach(1, left::add);
    assertEquals(NEW, found.promise());
    assertEquals(entries, left);
  }

  /** Only the files with entries fail. */
  private LogFile open(Path path) throws IOException {
    return path.getFileName().toString().startsWith("promise")
        ? LogFile.open(path)
        : new BrokenDisk(() -> fault).open(path);
  }

  private static Entry entry(long index) {
    return Entry.of(index, OLD.epoch(), new PurchaseRequest("key-" + index, "Tux", 1));
  }
}
