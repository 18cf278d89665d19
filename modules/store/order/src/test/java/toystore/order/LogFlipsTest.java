package toystore.order;

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
import toystore.disk.Database;
import toystore.disk.Flips;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;

/** One flipped bit in a primary-backup replica's files: it never has an older log or promise. */
class LogFlipsTest {
  private static final int ENTRIES = 60;

  @TempDir
  Path folder;

  private Flips afterAKill;
  private Flips afterAStop;

  /** All that the disk holds. */
  private record Disk(DurableState log, LogPosition applied, List<OrderStore.OrderRow> orders) {}

  @BeforeEach
  void writeAndKill() throws IOException {
    Path data = folder.resolve("data");
    try (Stores closed = new Stores(data)) {
      closed.write(1, ENTRIES / 2);
    }
    try (Stores killed = new Stores(data)) {
      killed.write(ENTRIES / 2 + 1, ENTRIES);
      Flips.copyAsKilled(data, folder.resolve("killed"));
    }
    afterAKill = flips("killed");
    afterAStop = flips("data");
  }

  private Flips flips(String files) throws IOException {
    return new Flips(folder.resolve(files), folder.resolve("flipped-" + files), LogFlipsTest::read);
  }

  private static Disk read(Path data) {
    try (Stores stores = new Stores(data)) {
      List<OrderStore.OrderRow> rows = new ArrayList<>();
      stores.orders.load(rows::add);
      return new Disk(stores.log.load(), stores.orders.applied(), rows);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders.db", "orders.db-wal", "orders.db.mark"})
  void isRefusedOrChangesNothing(String file) throws IOException {
    demandRight(afterAKill.in(Path.of(file), 1));
  }

  /** All is in the database then, nothing in its write-ahead log. */
  @Test
  void inAClosedDatabaseToo() throws IOException {
    demandRight(afterAStop.in(Path.of("orders.db"), 2));
  }

  private static void demandRight(Flips.Outcome outcome) {
    assertEquals(List.of(), outcome.wrong());
    assertTrue(outcome.refused() + outcome.same() > 0);
  }

  /** As the engine opens them. */
  private static final class Stores implements AutoCloseable {
    private final DataFolder folder;
    private final OrderStore orders;
    private final LogStore log;

    Stores(Path data) {
      folder = DataFolder.open(data);
      try {
        Database database = PrimaryBackupEngine.open("order-1", folder, failure -> {});
        orders = new OrderStore(database);
        log = new LogStore(database, orders);
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    }

    /** Entries one by one, each with another promise, and now and then one that is taken back. */
    void write(int first, int last) {
      for (int index = first; index <= last; index++) {
        long epoch = Epochs.of(index, 1);
        PurchaseRequest purchase = new PurchaseRequest("key-".repeat(25) + index, "Tux", 1);
        List<Entry> entries = new ArrayList<>(List.of(Entry.of(index, epoch, purchase)));
        if (index % 5 == 0) {
          entries.add(Entry.noOp(index + 1, epoch));
        }
        CompletableFuture<Void> durable = new CompletableFuture<>();
        log.persist(
            new Effects.Write(
                index, index, entries, new Effects.Promise(epoch, 1 + index % 3), index - 1),
            () -> durable.complete(null));
        durable.orTimeout(10, TimeUnit.SECONDS).join();
        orders.add(index - 1, purchase, index);
        orders.appliedUpTo(new LogPosition(epoch, index));
        log.tick();
      }
    }

    @Override
    public void close() {
      log.close();
      folder.close();
    }
  }
}
