package toystore.evaluation;

import java.util.List;
import java.util.Map;

/**
 * The mean purchase of so many connections.
 *
 * @param pairs of a look and a purchase
 * @param leader which replica led
 * @param purchase as a whole, with its legs in it
 * @param costs of each service, in starting order
 */
record LegsMeasured(
    int connections, Throughput pairs, String leader, LegNode purchase, List<Cost> costs) {

  LegsMeasured {
    costs = List.copyOf(costs);
  }

  /**
   * What one purchase costs a service, without looks, on average.
   *
   * @param exchanges requests that the service has answered, to clients and to other services
   * @param commits of its files, each with an fsync
   * @param wakeUps voluntary context switches
   * @param processorUs time of the processor, in microseconds
   */
  record Cost(
      String service, double exchanges, double commits, double wakeUps, double processorUs) {

    static List<Cost> of(
        ColdStep step, Map<String, ServiceFigures> before, Map<String, ServiceFigures> after) {
      double purchases = step.throughput().answered();
      return step.costs().stream()
          .map(used -> {
            ServiceFigures then = before.get(used.service());
            ServiceFigures now = after.get(used.service());
            return new Cost(
                used.service(),
                (now.exchanges() - then.exchanges()) / purchases,
                (now.commits() - then.commits()) / purchases,
                used.wakeUps(),
                used.processorUs());
          })
          .toList();
    }
  }

  /** Of all services together. */
  Cost whole() {
    return costs.stream()
        .reduce(
            new Cost("all", 0, 0, 0, 0),
            (sum, more) -> new Cost(
                sum.service,
                sum.exchanges + more.exchanges,
                sum.commits + more.commits,
                sum.wakeUps + more.wakeUps,
                sum.processorUs + more.processorUs));
  }
}
