package toystore.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import toystore.command.Stamp;
import toystore.model.EngineName;
import toystore.operations.Table;

/** A bench as a table for people and as JSON for programs. Pure. */
final class BenchReport {
  private static final JsonMapper JSON = new JsonMapper();

  private final Stamp stamp;
  private final BenchPlan plan;

  BenchReport(Stamp stamp, BenchPlan plan) {
    this.stamp = stamp;
    this.plan = plan;
  }

  List<String> lines(List<BenchRow> rows) {
    Table table = new Table(
        "REQUEST",
        "CONNECTIONS",
        "STORE/S",
        "CEILING/S",
        "RATIO",
        "LEAST",
        "GREATEST",
        "STORE P50",
        "P99",
        "CEILING P50",
        "P99",
        "FAILED");
    for (BenchRow row : rows) {
      table.row(
          row.workload().label(),
          row.connections(),
          Numbers.perSecond(row.store().perSecond().median()),
          Numbers.perSecond(row.ceiling().perSecond().median()),
          Numbers.ratio(row.ratio().median()),
          Numbers.ratio(row.ratio().min()),
          Numbers.ratio(row.ratio().max()),
          ms(row.store().p50Ms()),
          ms(row.store().p99Ms()),
          ms(row.ceiling().p50Ms()),
          ms(row.ceiling().p99Ms()),
          row.store().failures() + row.ceiling().failures());
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
    return rows.stream().anyMatch(row -> row.commits().isPresent())
        ? linesOfAll(rows)
        : linesOfBoth(rows);
  }

  /** A line for each engine and what it is compared with. */
  private List<String> linesOfAll(List<EngineRow> rows) {
    Table table = new Table(
        "CONNECTIONS",
        "WHAT",
        "A SECOND",
        "LEAST",
        "GREATEST",
        "P50",
        "P99",
        "RATIO",
        "LEAST",
        "GREATEST",
        "FAILED");
    for (EngineRow row : rows) {
      row.engines()
          .forEach((engine, side) -> table.row(cells(
              row.connections(),
              engine.toString(),
              side,
              row.ratios().getOrDefault(engine, new Spread(1, 1, 1, plan.repetitions())))));
      row.commits()
          .ifPresent(side -> table.row(cells(
              row.connections(),
              "plain commits",
              side,
              new Spread(Double.NaN, Double.NaN, Double.NaN, 0))));
    }
    List<String> lines = head();
    lines.addAll(table.lines());
    lines.add("");
    lines.add("Committed orders a second over HTTP; each was found by the audit afterwards.");
    lines.add("Ratio: over primary-backup of the same alternation.");
    lines.add("Plain commits: transactions of the same PostgreSQL, each puts one row into a table"
        + " like that of orders; no store is asked.");
    return lines;
  }

  private static Object[] cells(int connections, String what, BenchRow.Side side, Spread ratio) {
    return new Object[] {
      connections,
      what,
      Numbers.perSecond(side.perSecond().median()),
      Numbers.perSecond(side.perSecond().min()),
      Numbers.perSecond(side.perSecond().max()),
      ms(side.p50Ms()),
      ms(side.p99Ms()),
      Numbers.ratio(ratio.median()),
      Numbers.ratio(ratio.min()),
      Numbers.ratio(ratio.max()),
      side.failures()
    };
  }

  private List<String> linesOfBoth(List<EngineRow> rows) {
    Table table = new Table(
        "CONNECTIONS",
        "PRIMARY-BACKUP/S",
        "P50",
        "P99",
        "RAFT/S",
        "P50",
        "P99",
        "RATIO",
        "LEAST",
        "GREATEST",
        "FAILED");
    for (EngineRow row : rows) {
      BenchRow.Side primaryBackup = row.of(EngineName.PRIMARY_BACKUP);
      BenchRow.Side raft = row.of(EngineName.RAFT);
      Spread ratio = row.ratios().get(EngineName.RAFT);
      table.row(
          row.connections(),
          Numbers.perSecond(primaryBackup.perSecond().median()),
          ms(primaryBackup.p50Ms()),
          ms(primaryBackup.p99Ms()),
          Numbers.perSecond(raft.perSecond().median()),
          ms(raft.p50Ms()),
          ms(raft.p99Ms()),
          Numbers.ratio(ratio.median()),
          Numbers.ratio(ratio.min()),
          Numbers.ratio(ratio.max()),
          row.failures());
    }
    List<String> lines = head();
    lines.addAll(table.lines());
    lines.add("");
    lines.add("Committed orders a second over HTTP; each was found by the audit afterwards.");
    lines.add("Ratio: raft over primary-backup of one alternation.");
    return lines;
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
          list.addObject().put("request", "purchase").put("connections", row.connections());
      row.engines().forEach((engine, side) -> side(node.putObject(engine.toString()), side));
      spread(node.putObject("ratio"), row.ratios().get(EngineName.RAFT));
      if (row.commits().isPresent()) {
        side(node.putObject("plainCommits"), row.commits().get());
        spread(node.putObject("ratioOfPostgres"), row.ratios().get(EngineName.POSTGRES));
      }
    }
    return json;
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

  private static String ms(Spread spread) {
    return Numbers.ms(spread.median());
  }
}
