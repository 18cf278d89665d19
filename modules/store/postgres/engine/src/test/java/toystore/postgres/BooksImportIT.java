package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.desk.DeskStatus;
import toystore.model.PurchaseRequest;
import toystore.stock.ToyRow;

/** Another store's books in a database. Skipped where no PostgreSQL is installed. */
class BooksImportIT {
  private static final ToyRow TUX = new ToyRow(0, "Tux", 1599, 100, 100, 150, 7);

  @RegisterExtension
  private final TestPostgres database = new TestPostgres();

  @Test
  void theSameKeyHasTheSameNumberAfterwards() throws Exception {
    try (DatabaseBooks books = open(database.node())) {
      unfinished(books);
      filled(books);
      assertThrows(DatabaseBooks.UnreadableBooks.class, books::begin);
    }
    try (TestDesk desk = TestDesk.start(1, "single", database.node())) {
      desk.await(DeskStatus::isActive);

      assertEquals(
          1L,
          desk.<Long>ask(it -> it.buy(new PurchaseRequest("l", "Tux", 20), 70_000))
              .longValue());
      assertEquals(
          2L,
          desk.<Long>ask(it -> it.buy(new PurchaseRequest("m", "Tux", 1), 70_000))
              .longValue());
      assertEquals(30, desk.ask(it -> it.find(0)).quantity());
    }
    try (DatabaseBooks books = open(database.node())) {
      audited(books);
    }
  }

  private static DatabaseBooks open(LocalPostgres database) {
    return DatabaseBooks.open(new JsonObject()
        .put("database", "postgresql://toystore@" + database.address() + "/toystore")
        .put("durability", "single"));
  }

  private static void unfinished(DatabaseBooks books) {
    try (BooksImport filling = books.begin()) {
      filling.toy(TUX);
      filling.order(new PurchaseRequest("k", "Tux", 30));
    }
    assertTrue(books.summary().toys().isEmpty());
  }

  private static void filled(DatabaseBooks books) {
    try (BooksImport filling = books.begin()) {
      filling.toy(TUX);
      filling.order(new PurchaseRequest("k", "Tux", 30));
      filling.order(new PurchaseRequest("l", "Tux", 20));
      filling.finish(70_000);
    }
  }

  private static void audited(DatabaseBooks books) {
    DatabaseBooks.Summary summary = books.summary();
    List<String> keys = new ArrayList<>();
    books.orders(order -> keys.add(order.key()));

    assertEquals(List.of("k", "l", "m"), keys);
    assertEquals(
        List.of(
            "3 orders, office 2",
            "Tux 100 100 149",
            "Fox 100 0 100",
            "0 k 30 Tux",
            "1 l 20 Tux",
            "2 m 1 Tux"),
        copied(books));
    assertEquals(Map.of("Tux", 51L), summary.sold());
    assertEquals(
        new DatabaseBooks.BookedToy("Tux", 100, 100, 149, 51), summary.toys().get(0));
    assertEquals(3, summary.next());
    assertEquals(2, summary.last());
  }

  private static List<String> copied(DatabaseBooks books) {
    List<String> lines = new ArrayList<>();
    books.copy(new DatabaseBooks.BooksTaker() {
      @Override
      public void desk(DatabaseBooks.BookedDesk desk) {
        lines.add(desk.orders() + " orders, office " + desk.epoch());
      }

      @Override
      public void toy(ToyRow toy) {
        lines.add(toy.name() + " " + toy.initial() + " " + toy.restocked() + " " + toy.stock());
      }

      @Override
      public void order(long number, PurchaseRequest bought) {
        lines.add(number + " " + bought.key() + " " + bought.quantity() + " " + bought.name());
      }
    });
    return lines;
  }
}
