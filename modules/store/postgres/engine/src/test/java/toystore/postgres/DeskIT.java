package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.desk.DeskStatus;
import toystore.model.Order;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.ToyState;

/** One desk, and two, on a real PostgreSQL. Skipped where none is installed. */
class DeskIT {
  @RegisterExtension
  private static final TestPostgres DATABASE = new TestPostgres();

  @Test
  void aPurchaseBecomesOneOrderHoweverOftenItIsSent() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);

      assertEquals(0, buy(desk, "k", "Tux", 2));
      assertEquals(0, buy(desk, "k", "Tux", 2));
      assertEquals(1, buy(desk, "l", "Fox", 1));

      assertEquals(new Order(0, "Tux", 2), desk.ask(at -> at.find(0)));
      ToyState tux = desk.ask(at -> at.read(0, List.of("Tux", "None"))).toys().get(0);
      assertEquals(98, tux.quantity());
      assertEquals(1599, tux.priceCents());
    }
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      desk.ask(at -> at.buy(new PurchaseRequest("k", "Tux", 60), 0));

      refuses(desk, StoreError.KEY_REUSED, new PurchaseRequest("k", "Tux", 61));
      refuses(desk, StoreError.OUT_OF_STOCK, new PurchaseRequest("l", "Tux", 41));
      refuses(desk, StoreError.OUT_OF_STOCK, new PurchaseRequest("l", "Tux", 41));
      refuses(desk, StoreError.KEY_REUSED, new PurchaseRequest("l", "Tux", 1));
      refuses(desk, StoreError.TOY_NOT_FOUND, new PurchaseRequest("m", "None", 1));
      assertEquals(StoreError.ORDER_NOT_FOUND, error(() -> desk.ask(at -> at.find(1))));
      assertEquals(
          "60|40", DATABASE.node().sql("select sold, stock from toystore.toy where name='Tux'"));
    }
  }

  @Test
  void whatComesTogetherGoesTogetherAndNumbersHaveNoGap() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      long turnsBefore = desk.status().turns();

      List<Future<Long>> all = IntStream.range(0, 100)
          .mapToObj(i -> desk.begin(at -> at.buy(new PurchaseRequest("k" + i, "Fox", 1), 0)))
          .toList();
      for (Future<Long> one : all) {
        desk.ask(at -> one);
      }

      assertTrue(desk.status().turns() - turnsBefore < 100, "turns for 100 purchases");
      assertEquals(
          "100|0|99|100",
          DATABASE
              .node()
              .sql("select count(*), min(number), max(number), count(distinct key)"
                  + " from toystore.orders"));
    }
  }

  @Test
  void soldOutToysAreRestocked() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      desk.ask(at -> at.buy(new PurchaseRequest("k", "Fox", TestDesk.STOCK), 0));

      long turns = desk.status().turns();
      while (desk.ask(at -> at.read(0, List.of("Fox"))).toys().get(0).quantity() == 0) {
        assertTrue(desk.status().turns() < turns + 100_000, "it is not restocked");
      }

      assertEquals(
          "100|100|100|100",
          DATABASE
              .node()
              .sql("select initial, restocked, stock, sold from toystore.toy"
                  + " where name='Fox'"));
    }
  }

  @Test
  void aCopyIsCalledBackBeforeItsToyChanges() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      Lease lease = desk.ask(at -> at.hello(1, "127.0.0.1:1"));
      ToyState copy =
          desk.ask(at -> at.read(lease.session(), List.of("Tux"))).toys().get(0);

      desk.ask(at -> at.buy(new PurchaseRequest("k", "Tux", 1), 0));

      assertTrue(copy.cacheable());
      assertEquals("Tux", desk.news().get(0).changes().get(0).name());
      assertTrue(desk.news().get(0).changes().get(0).version() > copy.version());
    }
  }

  @Test
  void oneDeskIsInOfficeAndTheOtherTakesOverWhenItEnds() throws Exception {
    try (TestDesk second = TestDesk.start(2, "single", DATABASE.node())) {
      TestDesk first = second;
      first.await(DeskStatus::isActive);
      first.ask(at -> at.buy(new PurchaseRequest("k", "Tux", 1), 0));
      try (TestDesk other = TestDesk.start(1, "single", DATABASE.node())) {
        other.await(status -> status.epoch() == 1);
        assertEquals(
            StoreError.NOT_LEADER,
            error(() -> other.ask(at -> at.buy(new PurchaseRequest("l", "Tux", 1), 0))));

        first.begin(at -> {
          at.stop();
          return Future.succeededFuture();
        });

        assertEquals(2, other.await(DeskStatus::isActive).epoch());
        assertEquals(0, buy(other, "k", "Tux", 1));
        assertEquals(1, buy(other, "l", "Tux", 1));
      }
    }
  }

  @Test
  void aDeskWhoseEpochIsOverDoesNothingAndStandsBy() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);

      // As another desk does it.
      DATABASE.node().sql("update toystore.desk set epoch = epoch + 1");

      StoreError error = error(() -> desk.ask(at -> at.buy(new PurchaseRequest("k", "Tux", 1), 0)));
      assertEquals(StoreError.NOT_LEADER, error);
      assertEquals("0", DATABASE.node().sql("select count(*) from toystore.orders"));
      assertTrue(desk.facts().stream().anyMatch(fact -> fact.contains("STANDING_BY")));
    }
  }

  @Test
  void whatAnEarlierConnectionHasSentIsRefused() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
      String turn = "select * from toystore.turn(1, %d, 0, 'single', 0, '{}', '{}', '{}', '{}',"
          + " '{}', '{}', false, '{}', 100, false)";

      DATABASE.node().sql(String.format(java.util.Locale.ROOT, turn, 9));
      IllegalStateException refused = assertThrows(
          IllegalStateException.class,
          () -> DATABASE.node().sql(String.format(java.util.Locale.ROOT, turn, 8)));

      assertTrue(refused.getMessage().contains("epoch 1.8 is over"), refused.getMessage());
    }
  }

  @Test
  void aDatabaseWithoutAStandbyIsNotEnoughUnlessThatIsChosen() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "replicated", DATABASE.node())) {
      DeskStatus status = desk.await(it -> it.trouble() != null);

      assertTrue(status.trouble().contains("synchronous_standby_names"), status.trouble());
      assertNotEquals("active", status.role());
    }
  }

  @Test
  void theBooksCannotBeBroken() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
    }

    assertThrows(
        IllegalStateException.class,
        () -> DATABASE.node().sql("update toystore.toy set stock = stock - 1"));
  }

  @Test
  void aSchemaOfALaterProgramIsRefused() throws Exception {
    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      desk.await(DeskStatus::isActive);
    }
    DATABASE.node().sql("insert into toystore.schema_version values (9999, 'later')");

    try (TestDesk desk = TestDesk.start(1, "single", DATABASE.node())) {
      DeskStatus status = desk.await(it -> it.trouble() != null);
      assertTrue(status.trouble().contains("schema 9999"), status.trouble());
    }
  }

  private static long buy(TestDesk desk, String key, String toy, int quantity) throws Exception {
    return desk.ask(at -> at.buy(new PurchaseRequest(key, toy, quantity), 0));
  }

  private static void refuses(TestDesk desk, StoreError error, PurchaseRequest purchase) {
    assertEquals(error, error(() -> desk.ask(at -> at.buy(purchase, 0))));
  }

  private static StoreError error(org.junit.jupiter.api.function.Executable act) {
    ExecutionException failure = assertThrows(ExecutionException.class, act);
    return ((StoreException) failure.getCause()).error();
  }
}
