package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DatabaseConnection;
import toystore.disk.OpenFiles;
import toystore.disk.Patience;
import toystore.disk.SqliteFile;
import toystore.model.Claim;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogEffects;
import toystore.stock.CatalogMessages.ReserveOutcomes;
import toystore.stock.CatalogOptions;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;
import toystore.stock.CatalogReply;
import toystore.stock.PricedToy;

/**
 * Somebody who wants what is sold out, again and again, in virtual time: the catalog's memory and
 * its file are soon as large as they ever get.
 */
class RefusalFloodTest {
  private static final int REFUSALS = Integer.getInteger("toystore.refusals", 60_000);
  private static final int BATCH = 500;
  private static final long BATCH_MS = 5_000;
  /** As many as come in a span, and those of the batches at both its ends. */
  private static final long MOST = Remembering.USUAL.refusalMs() / BATCH_MS * BATCH + 2 * BATCH;

  private static final CatalogOptions OPTIONS = new CatalogOptions(
      new Leases(1_000, 100, 200),
      new Restocking(100, Integer.MAX_VALUE),
      Remembering.USUAL,
      new CatalogBounds(1_000, 10, Long.MAX_VALUE),
      50,
      42);
  private static final Claim CLAIM = new Claim(1, OPTIONS.incarnation(), Mark.NONE);

  @TempDir
  Path folder;

  private long nowMs;
  private long lastToken;
  private long rows;

  @Test
  void theFileAndTheMemoryStayAsTheyAre() throws IOException {
    Path file = folder.resolve("catalog.db");
    CatalogStore store = CatalogStore.open(file, new OpenFiles(), failure -> {});
    CatalogCore core = start(store);
    reserve(core, store, List.of(new PurchaseRequest("first", "Tux", 100)));
    for (int done = 0; done < REFUSALS / 4; done += BATCH) {
      refuse(core, store, done);
    }
    long rowsBefore = rows;
    long bytesBefore = bytes(file);
    long ledgerBefore = core.figures().ledgerBytes();

    for (int done = REFUSALS / 4; done < REFUSALS; done += BATCH) {
      refuse(core, store, done);
    }

    assertEquals(REFUSALS, core.figures().refused());
    assertTrue(rowsBefore <= MOST && rows <= MOST, () -> rowsBefore + " and " + rows + " rows");
    assertEquals(ledgerBefore, core.figures().ledgerBytes());
    long bytesAfter = bytes(file);
    assertTrue(
        bytesAfter <= bytesBefore * 5 / 4,
        () -> bytesBefore + " and then " + bytesAfter + " bytes");
    store.close();
    CatalogStore again = CatalogStore.open(file, new OpenFiles(), failure -> {});
    assertEquals(rows, start(again).figures().refusals());
    again.close();
  }

  private CatalogCore start(CatalogStore store) {
    CatalogCore core = store.load(
        disk -> new CatalogCore(OPTIONS, disk, List.of(new PricedToy("Tux", 1599)), nowMs));
    carryOut(core, store, core.tick(nowMs));
    return core;
  }

  private void refuse(CatalogCore core, CatalogStore store, int first) {
    List<PurchaseRequest> batch = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      batch.add(
          new PurchaseRequest("a-key-of-thirty-six-characters-" + (10_000 + first + i), "Tux", 1));
    }
    nowMs += BATCH_MS;
    carryOut(core, store, core.tick(nowMs));
    assertEquals(
        Collections.nCopies(BATCH, ReserveOutcome.OUT_OF_STOCK), reserve(core, store, batch));
    rows = core.figures().refusals();
  }

  private List<ReserveOutcome> reserve(
      CatalogCore core, CatalogStore store, List<PurchaseRequest> batch) {
    List<Long> young = Collections.nCopies(batch.size(), Long.MAX_VALUE);
    List<CatalogReply> replies =
        carryOut(core, store, core.reserve(++lastToken, CLAIM, batch, young, nowMs));
    return ((ReserveOutcomes) replies.get(0).answer()).outcomes();
  }

  /** Does what the service does, with a disk that is waited for. */
  private List<CatalogReply> carryOut(
      CatalogCore core, CatalogStore store, CatalogEffects effects) {
    List<CatalogReply> replies = new ArrayList<>(effects.replies());
    effects.write().ifPresent(write -> {
      CompletableFuture<Void> durable = new CompletableFuture<>();
      store.write(write, () -> durable.complete(null));
      durable.orTimeout(Patience.SECONDS, TimeUnit.SECONDS).join();
      replies.addAll(carryOut(core, store, core.durable(write.id(), nowMs)));
    });
    return replies;
  }

  /** Of the database, checkpointed or not: no page is in the log that the file will not need. */
  private static long bytes(Path file) throws IOException {
    try (DatabaseConnection connection = SqliteFile.openReader(file)) {
      return Long.parseLong(connection.text("PRAGMA page_count")) * 4_096;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
