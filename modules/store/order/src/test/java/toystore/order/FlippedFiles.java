package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.disk.DataFolder;
import toystore.disk.Flips;
import toystore.disk.Patience;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.PurchaseRequest;
import toystore.order.log.SegmentedLog;
import toystore.replication.Effects;
import toystore.replication.Entry;

/** One flipped bit in a replica's files: it never has an older log, promise or state. */
public abstract class FlippedFiles {
  protected static final int ENTRIES = 60;

  @TempDir
  Path folder;

  private Flips afterAKill;
  private Flips afterAStop;

  /** The two stores in a folder, as the engine opens them. */
  public record Stores(DurableLog log, OrderStore orders) {}

  protected abstract Stores open(DataFolder data);

  /** All that the disk holds. */
  protected abstract Object read(DataFolder data, Stores stores) throws IOException;

  @BeforeEach
  final void writeAndKill() throws IOException {
    Path data = folder.resolve("data");
    try (OpenFolder closed = new OpenFolder(data)) {
      write(closed.stores, 1, ENTRIES / 2);
    }
    try (OpenFolder killed = new OpenFolder(data)) {
      write(killed.stores, ENTRIES / 2 + 1, ENTRIES);
      Flips.copyAsKilled(data, folder.resolve("killed"));
    }
    afterAKill = flips("killed");
    afterAStop = flips("data");
  }

  private Flips flips(String files) throws IOException {
    return new Flips(folder.resolve(files), folder.resolve("flipped-" + files), this::read);
  }

  private Object read(Path data) throws IOException {
    try (OpenFolder open = new OpenFolder(data)) {
      return read(open.folder, open.stores);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders.db", "orders.db-wal", "orders.db.mark", "log/promise", "log/mark"})
  void isRefusedOrChangesNothing(String file) throws IOException {
    flipAfterAKill(Path.of(file));
  }

  @Test
  void inAnySegmentToo() throws IOException {
    Path log = Path.of(SegmentedLog.FOLDER);
    List<Path> segments = SegmentedLog.segmentPaths(folder.resolve("killed").resolve(log));
    assertTrue(segments.size() > 1);
    for (Path segment : segments) {
      flipAfterAKill(log.resolve(segment.getFileName()));
    }
  }

  @Test
  void inWhatIsSealedToo() throws IOException {
    Path sealed = Path.of(OrdersOnDisk.SEALED);
    try (Stream<Path> files = Files.list(folder.resolve("killed").resolve(sealed))) {
      List<Path> all = files.toList();
      assertTrue(all.size() > 1);
      for (Path file : all) {
        flipAfterAKill(sealed.resolve(file.getFileName()));
      }
    }
  }

  /** Such a bit is refused or changes nothing. */
  private void flipAfterAKill(Path file) throws IOException {
    demandRight(afterAKill.in(file, 1));
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

  /** Entries one by one, each with another promise, and now and then one that is taken back. */
  private void write(Stores stores, int first, int last) {
    for (int index = first; index <= last; index++) {
      long epoch = Epochs.of(index, 1);
      PurchaseRequest purchase = new PurchaseRequest("key-".repeat(25) + index, "Tux", 1);
      List<Entry> entries = new ArrayList<>(List.of(Entry.of(index, epoch, purchase)));
      if (index % 5 == 0) {
        entries.add(Entry.noOp(index + 1, epoch));
      }
      int truncateFrom = index % 5 == 1 && index > 1 ? index : 0;
      Effects.Write write = new Effects.Write(
          index, truncateFrom, entries, new Effects.Promise(epoch, 1 + index % 3), index - 1);
      await(durable -> stores.log().persist(write, durable));
      stores.orders().add(index - 1, purchase, index);
      stores.orders().appliedUpTo(new LogPosition(epoch, index));
      await(stores.orders()::flush);
    }
  }

  private static void await(Consumer<Runnable> act) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    act.accept(() -> done.complete(null));
    done.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
  }

  private final class OpenFolder implements AutoCloseable {
    private final DataFolder folder;
    private final Stores stores;

    OpenFolder(Path data) {
      folder = DataFolder.open(data);
      try {
        stores = open(folder);
      } catch (RuntimeException e) {
        folder.close();
        throw e;
      }
    }

    @Override
    public void close() {
      stores.log().close();
      folder.close();
    }
  }
}
