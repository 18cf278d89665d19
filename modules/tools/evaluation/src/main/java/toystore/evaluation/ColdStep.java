package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import toystore.operations.ServiceUse;

/**
 * Purchases during one step of a store's life, and what they cost.
 *
 * @param when in words
 * @param costs of each service, in starting order
 */
record ColdStep(String when, int connections, Throughput throughput, List<Cost> costs) {
  private static final double NS_PER_US = 1e3;

  ColdStep {
    costs = List.copyOf(costs);
  }

  /**
   * What a service spent on one purchase, on average.
   *
   * @param processorUs time of the processor, in microseconds
   * @param wakeUps how often a thread was woken
   */
  record Cost(String service, double processorUs, double wakeUps) {}

  /** From what each service had used before and after. */
  static ColdStep of(
      String when,
      int connections,
      Throughput throughput,
      List<ServiceUse> before,
      List<ServiceUse> after) {
    List<Cost> costs = new ArrayList<>();
    for (ServiceUse now : after) {
      before.stream()
          .filter(then -> then.service().equals(now.service()))
          .map(then -> new Cost(
              now.service(),
              now.processor().minus(then.processor()).toNanos() / NS_PER_US / throughput.answered(),
              (double) (now.wakeUps() - then.wakeUps()) / throughput.answered()))
          .forEach(costs::add);
    }
    return new ColdStep(when, connections, throughput, costs);
  }

  /** Of all services together. */
  double processorUs() {
    return costs.stream().mapToDouble(Cost::processorUs).sum();
  }

  /** Of all services together. */
  double wakeUps() {
    return costs.stream().mapToDouble(Cost::wakeUps).sum();
  }
}
