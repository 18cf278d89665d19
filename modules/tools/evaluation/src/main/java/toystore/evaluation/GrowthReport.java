package toystore.evaluation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import toystore.command.Durations;
import toystore.command.Stamp;
import toystore.operations.Table;

/** Stores that have grown, as a table for people and as JSON for programs. Pure. */
final class GrowthReport {
  private static final JsonMapper JSON = new JsonMapper();

  private final Stamp stamp;
  private final GrowthPlan plan;
  private final Map<String, GrowthMeasured> engines;

  /** @param engines by name, as they are to be shown */
  GrowthReport(Stamp stamp, GrowthPlan plan, Map<String, GrowthMeasured> engines) {
    this.stamp = stamp;
    this.plan = plan;
    this.engines = engines;
  }

  long failures() {
    return engines.values().stream().mapToLong(GrowthMeasured::failures).sum();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(stamp.lines());
    lines.add(String.format(
        Locale.ROOT,
        "runs:    %d orders; medians of %d of %s, by turns, %d connections",
        plan.orders(),
        plan.repetitions(),
        Durations.text(plan.load()),
        GrowthPlan.CONNECTIONS));
    engines.forEach((engine, measured) -> {
      lines.add("");
      lines.add(engine + ":");
      lines.add("");
      Table table = new Table("WHAT", "UNIT", "FEW", "MANY", "MANY/FEW");
      for (GrowthMeasured.Row row : measured.rows()) {
        table.row(
            row.what(),
            row.unit(),
            Numbers.ms(row.few()),
            Numbers.ms(row.many()),
            Numbers.ratio(row.ratio()));
      }
      lines.addAll(table.lines());
    });
    lines.add("");
    lines.add("FEW: a store without orders, of " + GrowthPlan.FEW_TOYS + " toys. MANY: one of "
        + plan.orders() + " orders" + (plan.toys() > 0 ? ", or of " + plan.toys() + " toys" : "")
        + ". Each starts alone. Then both run, and are loaded in turn.");
    lines.add("The first start is on files that no service has had yet. A replica is level when it"
        + " lacks no more than what is under way; purchases go on meanwhile.");
    return lines;
  }

  ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    json.set("stamp", JSON.valueToTree(stamp));
    json.put("orders", plan.orders()).put("behind", plan.behind()).put("toys", plan.toys());
    engines.forEach((engine, measured) -> {
      ArrayNode rows = json.putArray(engine);
      measured.rows().forEach(row -> rows.add(JSON.valueToTree(row)));
    });
    return json;
  }
}
