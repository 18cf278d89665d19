package toystore.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.command.Stamp;
import toystore.model.EngineName;
import toystore.operations.Table;

/** A bench as a table for people and as JSON for programs. Pure. */
final class BenchReport {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PURCHASE = Workload.PURCHASE.label();

  private final Stamp stamp;
  private final BenchPlan plan;
  private final Optional<String> etcd;

  /** @param etcd the version of the one that is measured beside the engines, if it is */
  BenchReport(Stamp stamp, BenchPlan plan, Optional<String> etcd) {
    this.stamp = stamp;
    this.plan = plan;
    this.etcd = etcd;
  }

  List<String> lines(List<BenchRow> rows) {
    Table table = table();
    for (BenchRow row : rows) {
      String request = row.workload().label();
      row(table, request, row.connections(), "store", row.store(), row.ratio());
      row(table, request, row.connections(), "ceiling", row.ceiling(), Spread.of(List.of()));
    }
    List<String> lines = head();
    lines.addAll(table.lines());
    lines.add("");
    lines.add("Ceiling: a bare Vert.x server in a process of its own that answers the same bytes.");
    lines.add("Both are loaded by this process (one event loop), on this machine, in turn.");
    lines.add("Ratio: store over ceiling of the two runs that follow each other.");
    return lines;
  }

  List<String> engineLines(List<EngineRow> rows) {
    Table table = table();
    for (EngineRow row : rows) {
      row.engines()
          .forEach((engine, side) -> row(
              table,
              PURCHASE,
              row.connections(),
              engine.toString(),
              side,
              row.ratios().getOrDefault(engine, Spread.of(List.of()))));
      row.commits()
          .ifPresent(side ->
              row(table, "commit", row.connections(), "plain commits", side, Spread.of(List.of())));
      row.puts()
          .ifPresent(puts -> row(
              table, "put", row.connections(), EtcdBench.NAME, puts.side(), Spread.of(List.of())));
    }
    List<String> lines = head();
    etcd.ifPresent(version -> lines.add(lines.size() - 1, "etcd:    version " + version));
    lines.addAll(table.lines());
    lines.add("");
    lines.add("Committed orders a second over HTTP; each was found by the audit afterwards.");
    if (rows.stream().anyMatch(row -> !row.ratios().isEmpty())) {
      lines.add("Ratio: over " + EngineName.usual() + " of the same alternation.");
    }
    if (rows.stream().anyMatch(row -> row.commits().isPresent())) {
      lines.add("Plain commits: transactions of the same PostgreSQL, each puts one row into a table"
          + " like that of orders; no store is asked.");
    }
    if (etcd.isPresent()) {
      lines.addAll(EtcdBench.WORDS);
      lines.add("");
      lines.addAll(toPuts(rows));
    }
    return lines;
  }

  /** With this ratio above 1, a store sells more than an etcd puts. */
  private static List<String> toPuts(List<EngineRow> rows) {
    Table table = new Table("CONNECTIONS", "PURCHASES OF", "OVER PUTS", "LEAST", "GREATEST");
    for (EngineRow row : rows) {
      row.puts().ifPresent(puts -> puts.ratios()
          .forEach((engine, ratio) -> table.row(
              row.connections(),
              engine,
              Numbers.ratio(ratio.median()),
              Numbers.ratio(ratio.min()),
              Numbers.ratio(ratio.max()))));
    }
    return table.lines();
  }

  /** The one form of all of them: a line for each that was measured, and whom it is beside. */
  private static Table table() {
    return new Table(
        "REQUEST",
        "CONNECTIONS",
        "OF",
        "A SECOND",
        "LEAST",
        "GREATEST",
        "P50",
        "P99",
        "RATIO",
        "LEAST",
        "GREATEST",
        "FAILED");
  }

  /** @param ratio none of what the others are compared with */
  private static void row(
      Table table, String request, int connections, String what, BenchRow.Side side, Spread ratio) {
    table.row(
        request,
        connections,
        what,
        Numbers.perSecond(side.perSecond().median()),
        Numbers.perSecond(side.perSecond().min()),
        Numbers.perSecond(side.perSecond().max()),
        Numbers.ms(side.p50Ms().median()),
        Numbers.ms(side.p99Ms().median()),
        Numbers.ratio(ratio.median()),
        Numbers.ratio(ratio.min()),
        Numbers.ratio(ratio.max()),
        side.failures());
  }

  ObjectNode json(List<BenchRow> rows) {
    ObjectNode json = head(JSON.createObjectNode());
    ArrayNode list = json.putArray("rows");
    for (BenchRow row : rows) {
      ObjectNode node = list.addObject()
          .put("request", row.workload().label())
          .put("connections", row.connections());
      side(node.putObject("store"), row.store());
      side(node.putObject("ceiling"), row.ceiling());
      spread(node.putObject("ratio"), row.ratio());
    }
    return json;
  }

  ObjectNode engineJson(List<EngineRow> rows) {
    ObjectNode json = head(JSON.createObjectNode());
    ArrayNode list = json.putArray("rows");
    for (EngineRow row : rows) {
      ObjectNode node =
          list.addObject().put("request", PURCHASE).put("connections", row.connections());
      row.engines().forEach((engine, side) -> side(node.putObject(engine.toString()), side));
      ratio(node, "ratio", row.ratios().get(EngineName.RAFT));
      ratio(node, "ratioOfPostgres", row.ratios().get(EngineName.POSTGRES));
      row.commits().ifPresent(side -> side(node.putObject("plainCommits"), side));
      row.puts().ifPresent(puts -> {
        side(node.putObject("etcdPuts"), puts.side());
        ObjectNode ratios = node.putObject("ratioOverEtcdPuts");
        puts.ratios().forEach((engine, ratio) -> ratio(ratios, engine.toString(), ratio));
      });
    }
    etcd.ifPresent(version -> json.put("etcdVersion", version));
    return json;
  }

  /** @param ratio null where nothing was compared */
  private static void ratio(ObjectNode json, String name, Spread ratio) {
    if (ratio != null) {
      spread(json.putObject(name), ratio);
    }
  }

  private List<String> head() {
    List<String> lines = new ArrayList<>(stamp.lines());
    lines.add("runs:    medians of " + plan.repetitions() + " of "
        + toystore.command.Durations.text(plan.load()) + "; latencies in ms");
    lines.add("");
    return lines;
  }

  private ObjectNode head(ObjectNode json) {
    json.set("stamp", JSON.valueToTree(stamp));
    return json.put("repetitions", plan.repetitions()).put("runMs", plan.load().toMillis());
  }

  private static void side(ObjectNode json, BenchRow.Side side) {
    spread(json.putObject("perSecond"), side.perSecond());
    spread(json.putObject("p50Ms"), side.p50Ms());
    spread(json.putObject("p99Ms"), side.p99Ms());
    json.put("failures", side.failures());
  }

  private static void spread(ObjectNode json, Spread spread) {
    json.put("median", spread.median()).put("min", spread.min()).put("max", spread.max());
  }
}
