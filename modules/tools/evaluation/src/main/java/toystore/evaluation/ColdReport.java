package toystore.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import toystore.command.Stamp;
import toystore.operations.ServiceUse;
import toystore.operations.Table;

/** Stores measured from their start on, as tables for people and as JSON for programs. Pure. */
final class ColdReport {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double BYTES_PER_MB = 1e6;

  private final Stamp stamp;
  private final ColdPlan plan;
  private final Map<String, List<ColdRun>> runs;

  /**
   * Of these.
   *
   * @param runs repetitions of each engine, and of etcd, in the order in which they are to be shown
   */
  ColdReport(Stamp stamp, ColdPlan plan, Map<String, List<ColdRun>> runs) {
    this.stamp = stamp;
    this.plan = plan;
    this.runs = runs;
  }

  long failures() {
    return runs.values().stream()
        .flatMap(List::stream)
        .flatMap(run -> run.throughputs().stream())
        .mapToLong(Throughput::failures)
        .sum();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(stamp.lines());
    runs.forEach((name, repetitions) -> {
      lines.add("");
      lines.add(String.format(
          Locale.ROOT,
          "%s: up after %.1f s; medians of %d",
          name,
          median(repetitions, ColdRun::upSeconds),
          repetitions.size()));
      lines.add("");
      lines.addAll(steps(repetitions));
      lines.add("");
      lines.addAll(services(repetitions));
    });
    lines.add("");
    lines.add("Purchases only, one at a time from each connection; latencies in ms. All services"
        + " and the load share the machine.");
    lines.add("OF LAST COLD: the rate, divided by that of the last step before the warm ones.");
    lines.add("PROCESSOR US and WAKE-UPS: of all services together, a purchase."
        + " A wake-up is a voluntary context switch.");
    if (runs.containsKey(EtcdBench.NAME)) {
      lines.addAll(EtcdBench.WORDS);
    }
    return lines;
  }

  private List<String> steps(List<ColdRun> repetitions) {
    Table table = new Table(
        "WHEN",
        "CONNECTIONS",
        "PURCHASES/S",
        "OF LAST COLD",
        "P50",
        "P99",
        "PROCESSOR US",
        "WAKE-UPS",
        "FAILED");
    for (int i = 0; i < plan.steps(); i++) {
      int step = i;
      List<ColdStep> same =
          repetitions.stream().map(run -> run.steps().get(step)).toList();
      table.row(
          same.get(0).when(),
          same.get(0).connections(),
          Numbers.perSecond(median(same, it -> it.throughput().perSecond())),
          Numbers.ratio(median(repetitions, run -> ofLastCold(run, step))),
          Numbers.ms(median(same, it -> it.throughput().p50Ms())),
          Numbers.ms(median(same, it -> it.throughput().p99Ms())),
          Numbers.perSecond(median(same, ColdStep::processorUs)),
          Numbers.ms(median(same, ColdStep::wakeUps)),
          same.stream().mapToLong(it -> it.throughput().failures()).sum());
    }
    return table.lines();
  }

  private double ofLastCold(ColdRun run, int step) {
    return run.steps().get(step).throughput().perSecond()
        / run.steps().get(plan.cold().size() - 1).throughput().perSecond();
  }

  private List<String> services(List<ColdRun> repetitions) {
    List<String> head = new ArrayList<>(List.of("SERVICE", "MB AT REST", "MB AT THE END"));
    plan.connections().forEach(connections -> {
      head.add("US AT " + connections);
      head.add("WAKE-UPS");
    });
    Table table = new Table(head.toArray(String[]::new));
    for (ServiceUse service : repetitions.get(0).atRest()) {
      String name = service.service();
      List<Object> row = new ArrayList<>();
      row.add(name);
      row.add(Numbers.perSecond(median(repetitions, run -> megabytes(run.atRest(), name))));
      row.add(Numbers.perSecond(median(repetitions, run -> megabytes(run.atTheEnd(), name))));
      for (int i = plan.cold().size(); i < plan.steps(); i++) {
        int step = i;
        row.add(Numbers.perSecond(
            median(repetitions, run -> cost(run.steps().get(step), name).processorUs())));
        row.add(Numbers.ms(
            median(repetitions, run -> cost(run.steps().get(step), name).wakeUps())));
      }
      table.row(row.toArray());
    }
    return table.lines();
  }

  private static double megabytes(List<ServiceUse> uses, String service) {
    return uses.stream()
        .filter(use -> use.service().equals(service))
        .mapToDouble(use -> use.residentBytes() / BYTES_PER_MB)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static ColdStep.Cost cost(ColdStep step, String service) {
    return step.costs().stream()
        .filter(cost -> cost.service().equals(service))
        .findFirst()
        .orElse(new ColdStep.Cost(service, Double.NaN, Double.NaN));
  }

  ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    json.set("stamp", JSON.valueToTree(stamp));
    runs.forEach((name, repetitions) -> {
      ArrayNode list = json.putArray(name);
      for (ColdRun run : repetitions) {
        ObjectNode node = list.addObject().put("upSeconds", run.upSeconds());
        memory(node.putObject("mbAtRest"), run.atRest());
        memory(node.putObject("mbAtTheEnd"), run.atTheEnd());
        node.set("steps", JSON.valueToTree(run.steps()));
      }
    });
    return json;
  }

  private static void memory(ObjectNode json, List<ServiceUse> uses) {
    uses.forEach(use -> json.put(use.service(), use.residentBytes() / BYTES_PER_MB));
  }

  private static <T> double median(List<T> repetitions, ToDoubleFunction<T> figure) {
    return Spread.of(repetitions.stream().map(figure::applyAsDouble).toList()).median();
  }
}
