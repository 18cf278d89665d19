package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static toystore.order.OpenReplica.EPOCH;
import static toystore.order.OpenReplica.entry;
import static toystore.order.OpenReplica.purchase;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.order.log.LogReading;
import toystore.replication.DurableState;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.OrderBook;

class PrimaryBackupMakerTest {
  @TempDir
  Path folder;

  /** Else one of which a crash left a part would take part without the rest. */
  @Test
  void aReplicaIsWholeOnceItsMakerIsClosed() throws IOException {
    try (PrimaryBackupMaker maker = PrimaryBackupMaker.open(folder, "order-1", EPOCH)) {
      maker.add(List.of(purchase("a")));
      maker.add(List.of(purchase("b")));

      LogReading half = LogReading.of(folder.resolve("log"));
      List<Entry> entries = new ArrayList<>();
      half.forEach(1, entries::add);
      assertEquals(List.of(entry(1, "a"), entry(2, "b")), entries);

      assertTrue(half.isRebuilding());
    }

    try (OpenReplica replica = new OpenReplica(folder)) {
      assertEquals(
          new DurableState(
              List.of(entry(1, "a"), entry(2, "b")), new Effects.Promise(EPOCH, 0), 2, 2, false),
          replica.found);
      assertTrue(replica.orders.isLevel());
    }
  }

  /** So the first start need not read them all. */
  @Test
  void oldOrdersAreSealed() {
    int batch = 8_192;
    try (PrimaryBackupMaker maker = PrimaryBackupMaker.open(folder, "order-1", EPOCH)) {
      for (int first = 0; first <= OrderBook.STEP; first += batch) {
        maker.add(IntStream.range(first, first + batch)
            .mapToObj(number -> purchase("key-" + number))
            .toList());
      }
    }

    try (OpenReplica replica = new OpenReplica(folder)) {
      assertEquals(OrderBook.STEP, replica.files.older().count());
      assertEquals(purchase("key-1"), replica.files.older().purchase(1));
    }
  }
}
