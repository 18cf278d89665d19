package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.desk.DeskStatus;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

/** Orders in partitions by number. Skipped where no PostgreSQL is installed. */
class PartitionsIT {
  private static final String PARTITIONS =
      "select string_agg(inhrelid::regclass::text, ' ' order by inhrelid) from pg_inherits"
          + " where inhparent = 'toystore.orders'::regclass";

  @RegisterExtension
  private static final TestPostgres DATABASE = new TestPostgres();

  @Test
  void aDatabaseOfBeforeIsBroughtUpByTheFirstStart() throws Exception {
    schemaOfBefore();
    DATABASE
        .node()
        .sql("insert into toystore.toy values ('Tux', 0, 1599, 3000000, 0, 699998, 2300002)");
    DATABASE
        .node()
        .sql("insert into toystore.orders values (0, 'first', 'Tux', 1),"
            + " (2300000, 'last', 'Tux', 2)");
    DATABASE.node().sql("update toystore.desk set next_number = 2300001");

    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);

      assertEquals(0, buy(desk, "first", 1));
      assertEquals(2_300_000, buy(desk, "last", 2));
      assertEquals(2_300_001, buy(desk, "new", 1));
      assertEquals(new Order(2_300_000, "Tux", 2), desk.ask(at -> at.find(2_300_000)));
      assertEquals(new Order(2_300_001, "Tux", 1), desk.ask(at -> at.find(2_300_001)));
    }
    assertEquals("orders_0", DATABASE.node().sql(PARTITIONS));
    assertEquals(
        "first last new",
        DATABASE.node().sql("select string_agg(key, ' ' order by number) from toystore.order_key"));
  }

  /** As a release before partitions made it. */
  private void schemaOfBefore() throws Exception {
    StringBuilder all = new StringBuilder("create schema toystore; create table"
        + " toystore.schema_version (version int primary key, file text not null,"
        + " applied timestamptz not null default now());");
    for (String file : List.of("001-books.sql", "002-turns.sql")) {
      all.append(new String(
          Migrations.class.getResourceAsStream(file).readAllBytes(), StandardCharsets.UTF_8));
    }
    all.append("insert into toystore.schema_version values (1, 'books'), (2, 'turns')");
    DATABASE.node().sql(all.toString());
  }

  @Test
  void thereIsAPartitionHalfAMillionOrdersAhead() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      buy(desk, "k", 1);
      assertEquals("orders_0", DATABASE.node().sql(PARTITIONS));
      DATABASE.node().sql("update toystore.desk set next_number = 500000");

      assertEquals(500_000, buy(desk, "l", 1));

      assertEquals("orders_0 orders_1", DATABASE.node().sql(PARTITIONS));
    }
  }

  @Test
  void aTurnMayCrossTheEdgeOfAPartition() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      buy(desk, "k", 1);
      DATABASE.node().sql("update toystore.desk set next_number = 999990");

      List<Future<Long>> all = IntStream.range(0, 40)
          .mapToObj(i -> desk.begin(at -> at.buy(new PurchaseRequest("e" + i % 20, "Fox", 1), 0)))
          .toList();
      for (Future<Long> one : all) {
        desk.ask(at -> one);
      }

      assertEquals(
          "20|999990|1000009|20",
          DATABASE
              .node()
              .sql("select count(*), min(number), max(number), count(distinct key)"
                  + " from toystore.orders where number > 0"));
      assertEquals("10", DATABASE.node().sql("select count(*) from toystore.orders_1"));
      assertEquals(new Order(1_000_009, "Fox", 1), desk.ask(at -> at.find(1_000_009)));
    }
  }

  private static long buy(TestDesk desk, String key, int quantity) throws Exception {
    return desk.ask(at -> at.buy(new PurchaseRequest(key, "Tux", quantity), 0));
  }
}
