package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolder;
import toystore.disk.Flips;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.Engine;
import toystore.raft.log.LogFile;
import toystore.raft.log.LogReading;
import toystore.raft.log.SegmentedLog;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;

/** One flipped bit in a Raft replica's files: it never has an older log, vote or state. */
class RaftFlipsTest {
  private static final int ENTRIES = 60;
  private static final int SEGMENT = 4_096;

  @TempDir
  Path folder;

  private Flips afterAKill;
  private Flips afterAStop;

  /** All that the disk holds. */
  private record Disk(
      ReplicaCore.ReplicaStatus status,
      Effects.Promise vote,
      List<Entry> entries,
      LogPosition applied,
      String orders) {}

  @BeforeEach
  void writeAndKill() throws IOException {
    Path data = folder.resolve("data");
    try (Replica closed = new Replica(data)) {
      closed.write(1, ENTRIES / 2);
    }
    try (Replica killed = new Replica(data)) {
      killed.write(ENTRIES / 2 + 1, ENTRIES);
      Flips.copyAsKilled(data, folder.resolve("killed"));
    }
    afterAKill = flips("killed");
    afterAStop = flips("data");
  }

  private Flips flips(String files) throws IOException {
    return new Flips(
        folder.resolve(files), folder.resolve("flipped-" + files), RaftFlipsTest::read);
  }

  private static Disk read(Path data) throws IOException {
    try (Replica replica = new Replica(data)) {
      LogReading log = LogReading.of(data.resolve(SegmentedLog.FOLDER));
      return new Disk(
          replica.opened.core().status(),
          log.promise(),
          log.entries(),
          replica.opened.orders().applied(),
          replica.opened.book().digest());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders.db", "orders.db-wal", "orders.db.mark", "log/promise", "log/mark"})
  void isRefusedOrChangesNothing(String file) throws IOException {
    demandRight(afterAKill.in(Path.of(file), 1));
  }

  /** All is in the database then, nothing in its write-ahead log. */
  @Test
  void inAClosedDatabaseToo() throws IOException {
    demandRight(afterAStop.in(Path.of("orders.db"), 2));
  }

  @Test
  void inAnySegmentToo() throws IOException {
    List<Path> segments = SegmentedLog.segmentPaths(folder.resolve("killed/log"));
    assertTrue(segments.size() > 1);
    for (Path segment : segments) {
      demandRight(afterAKill.in(Path.of("log").resolve(segment.getFileName()), 1));
    }
  }

  private static void demandRight(Flips.Outcome outcome) {
    assertEquals(List.of(), outcome.wrong());
    assertTrue(outcome.refused() + outcome.same() > 0);
  }

  /** As the engine opens it. */
  private static final class Replica implements AutoCloseable {
    private final DataFolder folder;
    private final Engine.OpenedEngine opened;

    Replica(Path data) {
      folder = DataFolder.open(data);
      try {
        opened = OpenEngine.of(new RaftEngine(ENTRIES, SEGMENT, LogFile::open), 1, folder);
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    }

    /** Entries one by one, each with another vote, and now and then one that is taken back. */
    void write(int first, int last) {
      for (int index = first; index <= last; index++) {
        long term = Epochs.of(index, 0);
        PurchaseRequest purchase = new PurchaseRequest("key-".repeat(25) + index, "Tux", 1);
        List<Entry> entries = new ArrayList<>(List.of(Entry.of(index, term, purchase)));
        if (index % 5 == 0) {
          entries.add(Entry.noOp(index + 1, term));
        }
        CompletableFuture<Void> durable = new CompletableFuture<>();
        int truncateFrom = index % 5 == 1 && index > 1 ? index : 0;
        opened
            .log()
            .persist(
                new Effects.Write(
                    index, truncateFrom, entries, new Effects.Promise(term, 1 + index % 3), 0),
                () -> durable.complete(null));
        durable.orTimeout(10, TimeUnit.SECONDS).join();
        opened.orders().add(index - 1, purchase, index);
        opened.orders().appliedUpTo(new LogPosition(term, index));
        CompletableFuture<Void> saved = new CompletableFuture<>();
        opened.orders().flush(() -> saved.complete(null));
        saved.orTimeout(10, TimeUnit.SECONDS).join();
      }
    }

    @Override
    public void close() {
      opened.log().close();
      folder.close();
    }
  }
}
