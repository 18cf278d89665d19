package toystore.order.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

/** A log in a temporary folder. */
abstract class SegmentedLogCase {
  static final int SIZE = 4_096;
  static final long TERM = Epochs.of(2, 0);

  @TempDir
  Path folder;

  static Entry entry(long index) {
    return Entry.of(index, TERM, new PurchaseRequest("key-" + index, "Tux", 1));
  }

  SegmentedLog open() {
    return SegmentedLog.open(folder, "order-1", SIZE);
  }

  void write(Entry... entries) throws IOException {
    try (SegmentedLog log = open()) {
      // As by a writer that found several writes waiting: one batch, durable together.
      for (Entry entry : entries) {
        log.append(List.of(entry));
      }
      log.sync();
    }
  }
}
