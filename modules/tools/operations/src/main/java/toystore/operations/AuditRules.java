package toystore.operations;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import toystore.model.ToyBooks;
import toystore.operations.AuditSample.ReplicaBooks;

/** What must hold of a store at rest. Pure. */
final class AuditRules {
  private AuditRules() {}

  /**
   * Every rule that is broken, in words; empty when all hold.
   *
   * @param files what the database file of each replica of the sample holds, by service name
   */
  static List<String> broken(AuditSample sample, Map<String, OrderFile.Count> files) {
    List<String> findings = new ArrayList<>();
    sample.toys().forEach(toy -> checkBalance(toy, findings));
    sample.replicas().forEach((name, replica) -> checkSold(sample.toys(), name, replica, findings));
    sample
        .replicas()
        .forEach((name, replica) -> checkFile(name, replica, files.get(name), findings));
    checkSameOrders(sample.replicas(), findings);
    return List.copyOf(findings);
  }

  private static void checkBalance(ToyBooks toy, List<String> findings) {
    if (!toy.isBalanced()) {
      findings.add(String.format(
          Locale.ROOT,
          "%s: initial %d + restocked %d is not in stock %d + held %d + sold %d",
          toy.name(),
          toy.initial(),
          toy.restocked(),
          toy.inStock(),
          toy.held(),
          toy.sold()));
    }
    if (toy.inStock() < 0) {
      findings.add(toy.name() + ": oversold, " + toy.inStock() + " in stock");
    }
    if (toy.held() != 0) {
      findings.add(toy.name() + ": " + toy.held() + " held at rest, so a hold became no order");
    }
  }

  private static void checkSold(
      List<ToyBooks> toys, String name, ReplicaBooks replica, List<String> findings) {
    Set<String> unknown = new LinkedHashSet<>(replica.sold().keySet());
    for (ToyBooks toy : toys) {
      unknown.remove(toy.name());
      long ordered = replica.sold().getOrDefault(toy.name(), 0L);
      if (ordered != toy.sold()) {
        findings.add(toy.name() + ": the catalog sold " + toy.sold() + ", " + name
            + " has orders for " + ordered);
      }
    }
    unknown.forEach(
        toy -> findings.add(name + ": orders for " + toy + ", which the catalog has not"));
  }

  private static void checkFile(
      String name, ReplicaBooks replica, OrderFile.Count file, List<String> findings) {
    if (file.orders() != replica.orders()) {
      findings.add(
          name + ": knows " + replica.orders() + " orders, and its file has " + file.orders());
    }
    if (file.hasGaps()) {
      findings.add(name + ": " + file.orders() + " orders numbered " + file.first() + " to "
          + file.last() + ": there are gaps");
    }
    if (file.keys() != file.orders()) {
      findings.add(name + ": " + file.orders() + " orders for " + file.keys()
          + " purchases, so one became two");
    }
  }

  private static void checkSameOrders(Map<String, ReplicaBooks> replicas, List<String> findings) {
    Set<Long> counts = new LinkedHashSet<>();
    Set<String> digests = new LinkedHashSet<>();
    StringBuilder each = new StringBuilder();
    replicas.forEach((name, replica) -> {
      counts.add(replica.orders());
      digests.add(replica.digest());
      each.append(each.length() == 0 ? "" : ", ")
          .append(name)
          .append(": ")
          .append(replica.orders())
          .append(" orders, digest ")
          .append(replica.digest());
    });
    if (counts.size() > 1 || digests.size() > 1) {
      findings.add("the replicas differ: " + each);
    }
  }
}
