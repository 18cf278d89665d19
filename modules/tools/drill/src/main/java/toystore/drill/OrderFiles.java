package toystore.drill;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import toystore.model.Order;
import toystore.operations.LocalStore;
import toystore.operations.TimeLimit;

/** What the replicas' database files hold, or the database, whatever the services say of them. */
final class OrderFiles {
  /** What is applied may be written a while later. */
  private static final Duration UNTIL_WRITTEN = Duration.ofSeconds(20);

  private OrderFiles() {}

  /** Waits until all files are the same and hold what was promised; else how they differ. */
  static List<String> differences(LocalStore store, Map<Long, Order> promised) {
    List<String> differences = new ArrayList<>();
    TimeLimit.await(UNTIL_WRITTEN, () -> {
      List<List<String>> files = new ArrayList<>();
      files.addAll(store.committedOrders());
      differences.clear();
      differences.addAll(compare(files, promised));
      return differences.isEmpty();
    });
    return differences;
  }

  /** The files, one JSON object a line in the order of their numbers, against what was promised. */
  static List<String> compare(List<List<String>> files, Map<Long, Order> promised) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String name = "the file of order-" + (i + 1);
      List<String> file = files.get(i);
      List<String> first = files.get(0);
      int same = same(file, first);
      if (same < Math.max(file.size(), first.size())) {
        differences.add(name + " differs from that of order-1: " + line(file, same) + ", not "
            + line(first, same));
      }
      promised.values().stream()
          .filter(order -> !order.equals(order(line(file, (int) order.number()))))
          .findFirst()
          .ifPresent(order -> differences.add(
              name + " has " + line(file, (int) order.number()) + ", but promised was " + order));
    }
    return differences;
  }

  private static int same(List<String> one, List<String> other) {
    int same = 0;
    while (same < one.size() && same < other.size() && one.get(same).equals(other.get(same))) {
      same++;
    }
    return same;
  }

  private static String line(List<String> file, int at) {
    return at < file.size() ? file.get(at) : "{}";
  }

  private static Order order(String line) {
    if (line.equals("{}")) {
      return null;
    }
    JsonObject order = new JsonObject(line);
    return new Order(
        order.getLong("number"), order.getString("name"), order.getInteger("quantity"));
  }
}
