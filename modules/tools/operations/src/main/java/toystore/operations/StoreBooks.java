package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import toystore.edge.ConfigurationException;
import toystore.model.ToyBooks;
import toystore.operations.AuditReport.Verdict;
import toystore.postgres.DatabaseBooks;

/** The books of a store as its database has them, or its replicas' files. */
final class StoreBooks {
  private final Fleet fleet;

  StoreBooks(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Checks all of it as it is at one moment: no rest is needed for that. */
  AuditReport audit() {
    try {
      DatabaseBooks.Summary summary = read(DatabaseBooks::summary);
      AuditSample sample = sample(summary);
      List<String> broken = broken(summary);
      return new AuditReport(broken.isEmpty() ? Verdict.HOLDS : Verdict.BROKEN, broken, sample);
    } catch (OperationFailed e) {
      return new AuditReport(
          Verdict.CANNOT_TELL, List.of(e.getMessage()), new AuditSample(List.of(), Map.of()));
    }
  }

  /**
   * Every order, in number order.
   *
   * @throws OperationFailed where replicas have them, or the database does not say
   */
  void orders(Consumer<ObjectNode> use) {
    if (fleet.engine().hasReplicas()) {
      throw new OperationFailed("each replica has the orders: say which one's, as --replica 1");
    }
    read(books -> {
      books.orders(order -> use.accept(Json.object()
          .put("number", order.number())
          .put("name", order.toy())
          .put("quantity", order.quantity())
          .put("key", order.key())));
      return books;
    });
  }

  /**
   * All that the database holds at one moment.
   *
   * @throws OperationFailed where it does not say
   */
  void copy(DatabaseBooks.BooksTaker taker) {
    read(books -> {
      books.copy(taker);
      return books;
    });
  }

  /** Every order as JSON, one a line: of each replica, or of the database. */
  List<List<String>> lines() {
    List<List<String>> all = new ArrayList<>();
    if (!fleet.engine().hasReplicas()) {
      List<String> lines = new ArrayList<>();
      orders(order -> lines.add(Json.line(order)));
      return List.of(lines);
    }
    for (Service replica : Service.replicas()) {
      List<String> lines = new ArrayList<>();
      try (OrderFile file = OrderFile.open(fleet.folder().orders(replica))) {
        file.forEach(order -> lines.add(Json.line(order)));
      }
      all.add(lines);
    }
    return all;
  }

  /** How the database is reached; empty where replicas keep the orders. */
  Optional<PgConnectOptions> database() {
    return fleet.engine().hasReplicas()
        ? Optional.empty()
        : Optional.of(DatabaseBooks.options(desk()));
  }

  private JsonObject desk() {
    return new JsonObject(Json.line(fleet.conf(Service.desk(1))));
  }

  private <T> T read(Function<DatabaseBooks, T> use) {
    if (!fleet.isConfigured()) {
      throw new OperationFailed("there is no store in " + fleet.folder().root() + " yet: use up");
    }
    try (DatabaseBooks books = DatabaseBooks.open(desk())) {
      return use.apply(books);
    } catch (DatabaseBooks.UnreadableBooks | ConfigurationException e) {
      throw new OperationFailed("the database does not say: " + e.getMessage(), e);
    }
  }

  /** Every rule that these break, in words; empty when all hold. */
  static List<String> broken(DatabaseBooks.Summary summary) {
    OrderFile.Count orders =
        new OrderFile.Count(summary.orders(), summary.keys(), summary.first(), summary.last());
    return AuditRules.broken(sample(summary), Map.of(Service.DATABASE.name(), orders));
  }

  private static AuditSample sample(DatabaseBooks.Summary summary) {
    List<ToyBooks> toys = new ArrayList<>();
    summary
        .toys()
        .forEach(toy -> toys.add(
            new ToyBooks(toy.name(), toy.initial(), toy.restocked(), toy.stock(), 0, toy.sold())));
    AuditSample.ReplicaBooks orders = new AuditSample.ReplicaBooks(
        summary.next(), summary.digest(), summary.sold(), summary.last());
    return new AuditSample(toys, Map.of(Service.DATABASE.name(), orders));
  }
}
