package toystore.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import toystore.model.Chain;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.order.PrimaryBackupMaker;
import toystore.raft.RaftMaker;
import toystore.replication.OrderBook;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.ToyRow;

/** A small store, and what was bought in it. */
final class Sample {
  static final List<String> REPLICAS = List.of("order-1", "order-2", "order-3");
  static final Map<String, ReplicaMaking> ENGINES =
      Map.of("primary-backup", PrimaryBackupMaker::open, "raft", RaftMaker::open);
  static final long EPOCH = Epochs.of(7, 1);

  static final PurchaseRequest A = new PurchaseRequest("a", "Tux", 1);
  static final PurchaseRequest B = new PurchaseRequest("b", "Tux", 2);
  static final PurchaseRequest C = new PurchaseRequest("c", "Tux", 3);

  private Sample() {}

  static ToyRow tux(long stock) {
    return new ToyRow(0, "Tux", 1_599, 100, 0, stock, 9);
  }

  static LedgerRow sold(PurchaseRequest purchase) {
    return row(purchase, LedgerState.SOLD);
  }

  static LedgerRow held(PurchaseRequest purchase) {
    return row(purchase, LedgerState.HELD);
  }

  private static LedgerRow row(PurchaseRequest purchase, LedgerState state) {
    return new LedgerRow(purchase.key(), purchase.name(), purchase.quantity(), state);
  }

  /** The link of the chain over these orders. */
  static long link(PurchaseRequest... orders) {
    long link = Chain.START;
    long number = 0;
    for (PurchaseRequest order : orders) {
      link = OrderBook.link(new Chain(), link, number++, order);
    }
    return link;
  }

  static ExportLine.ExportHead head(String engine) {
    return new ExportLine.ExportHead(
        ExportFormat.NAME, 1, "1.0.0", engine, "2026-11-29T01:02:03Z", EPOCH, 5_000, 4, 1_100);
  }

  /** An export of two orders and one purchase under way. */
  static Path export(Path file, String engine) throws IOException {
    try (ExportWriter out = new ExportWriter(Files.newOutputStream(file))) {
      out.head(head(engine));
      out.toy(tux(94));
      out.order(0, A);
      out.order(1, B);
      out.hold(C);
      out.finish();
    }
    return file;
  }

  static Path orders(Path root, String replica) {
    return root.resolve(replica).resolve(OrdersFile.NAME);
  }
}
