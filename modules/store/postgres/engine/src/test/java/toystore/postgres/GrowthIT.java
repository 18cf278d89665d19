package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.desk.DeskStatus;
import toystore.model.PurchaseRequest;

/**
 * Ten million orders and a million toys beside a store with as many toys and no orders, on two
 * databases of one node. Measured in turns, so that a busy machine slows both. What came out is in
 * target/growth.md. Some ten minutes.
 */
@Tag("drills")
class GrowthIT {
  private static final int TOYS = 1_000_000;
  private static final int ORDERS = 10_000_000;
  private static final int STEP = 500_000;
  private static final int ALTERNATIONS = 7;
  private static final int AT_ONCE = 400;
  private static final long RUN_NS = TimeUnit.SECONDS.toNanos(10);
  private static final double PART_KEPT = 0.8;
  private static final long START_MS = 3_000;
  private static final long HEAP_MB = 16;
  private static final String[] SETTINGS = {
    "shared_buffers='1GB'", "max_wal_size='4GB'", "maintenance_work_mem='512MB'"
  };

  private static final String TOY_ROWS =
      """
      insert into toystore.toy
        select 'toy ' || i, i + 10, 1000, 1000000, 0, 1000000 - %2$d, %2$d
        from generate_series(0, %1$d - 1) i
      """;
  private static final String ORDER_ROWS =
      """
      select toystore.make_room(%2$d);
      insert into toystore.orders select n, md5(n::text), 'toy ' || n %% %3$d, 1
        from generate_series(%1$d, %2$d - 1) n;
      insert into toystore.order_key select key, number from toystore.orders
        where number >= %1$d and number < %2$d;
      update toystore.desk set next_number = %2$d;
      """;
  private static final String WITHOUT_KEY =
      "alter table toystore.order_key drop constraint order_key_pkey";
  private static final String WITH_KEY = "alter table toystore.order_key add primary key (key)";

  @RegisterExtension
  private final TestPostgres database = new TestPostgres(SETTINGS);

  @Test
  void tenMillionOrdersSlowNothingDown() throws Exception {
    LocalPostgres empty = database.node();
    LocalPostgres full = database.another("b");
    fill(empty, 0);
    fill(full, ORDERS);
    measure(empty, full);
  }

  private static void fill(LocalPostgres database, int orders) throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", database)) {
      desk.await(DeskStatus::isActive);
    }
    database.sql(String.format(Locale.ROOT, TOY_ROWS, TOYS, orders / TOYS));
    // An index of random keys is made at the end many times faster than row by row.
    database.sql(WITHOUT_KEY);
    for (int first = 0; first < orders; first += STEP) {
      database.sql(String.format(Locale.ROOT, ORDER_ROWS, first, first + STEP, TOYS));
    }
    database.sql(WITH_KEY);
    database.sql("vacuum analyze");
    database.sql("checkpoint");
  }

  private static void measure(LocalPostgres empty, LocalPostgres full) throws Exception {
    List<Double> before = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    try (TestDesk few = TestDesk.start(1, "single", empty)) {
      few.await(DeskStatus::isActive);
      rate(few);
      long heapBefore = heapMb();
      long startNs = System.nanoTime();
      try (TestDesk many = TestDesk.start(1, "single", full)) {
        many.await(DeskStatus::isActive);
        long startMs = (System.nanoTime() - startNs) / 1_000_000;
        // The first of each only warms up.
        rate(many);
        for (int i = 0; i < ALTERNATIONS; i++) {
          before.add(rate(few));
          after.add(rate(many));
        }
        long heap = heapMb() - heapBefore;
        conclude(before, after, startMs, heap);
      }
    }
  }

  private static void conclude(List<Double> before, List<Double> after, long startMs, long heap)
      throws Exception {
    double kept = median(after) / median(before);
    String found = String.format(
        Locale.ROOT,
        "orders/s with none %s, with %d %s: %.2f of it. A desk starts in %d ms. Heap of a second"
            + " desk and its measurement: %d MB.%n",
        rates(before),
        ORDERS,
        rates(after),
        kept,
        startMs,
        heap);
    Files.writeString(Path.of("target", "growth.md"), found);
    assertTrue(kept > PART_KEPT && startMs < START_MS && heap < HEAP_MB, found);
  }

  /** Orders a second, of many clients that each want one toy after the other. */
  private static double rate(TestDesk desk) throws Exception {
    long startNs = System.nanoTime();
    long endNs = startNs + RUN_NS;
    List<Future<Long>> clients = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      clients.add(desk.begin(at -> buyUntil(at, endNs, 0)));
    }
    long bought = 0;
    for (Future<Long> client : clients) {
      bought += desk.ask(at -> client);
    }
    return bought * 1e9 / (System.nanoTime() - startNs);
  }

  private static Future<Long> buyUntil(DeskService at, long endNs, long bought) {
    if (System.nanoTime() >= endNs) {
      return Future.succeededFuture(bought);
    }
    String toy = "toy " + ThreadLocalRandom.current().nextInt(TOYS);
    return at.buy(
            new PurchaseRequest(UUID.randomUUID().toString(), toy, 1),
            at.status().clockMs())
        .compose(number -> buyUntil(at, endNs, bought + 1));
  }

  private static long heapMb() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / (1 << 20);
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
  }

  private static String rates(List<Double> rates) {
    return rates.stream()
        .map(rate -> String.format(Locale.ROOT, "%.0f", rate))
        .toList()
        .toString();
  }
}
