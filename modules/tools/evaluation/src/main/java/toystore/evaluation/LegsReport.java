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
import toystore.evaluation.LegNode.Arrangement;
import toystore.evaluation.LegNode.Side;
import toystore.operations.Table;

/** The legs of purchases as tables for people and as JSON for programs. Pure. */
final class LegsReport {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String INDENT = "  ";
  private static final String BESIDE = "| ";
  private static final double MEDIAN = 0.5;
  private static final double P90 = 0.9;
  private static final double P99 = 0.99;
  /** The first bucket of the services ends here. */
  private static final double LEAST_US = 50;

  private static final double NONE_US = 0.5;

  private final Stamp stamp;
  private final LegsPlan plan;
  private final Map<String, List<LegsMeasured>> engines;

  /** @param engines by name, each by number of connections, as they are to be shown */
  LegsReport(Stamp stamp, LegsPlan plan, Map<String, List<LegsMeasured>> engines) {
    this.stamp = stamp;
    this.plan = plan;
    this.engines = engines;
  }

  long failures() {
    return engines.values().stream()
        .flatMap(List::stream)
        .mapToLong(measured -> measured.pairs().failures())
        .sum();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(stamp.lines());
    lines.add("runs:    legs of " + Durations.text(plan.load()) + ", costs of "
        + Durations.text(plan.buying()) + ", after " + Durations.text(plan.warmUp())
        + " of full load; times in us");
    engines.forEach((engine, all) -> all.forEach(measured -> {
      lines.add("");
      lines.add(String.format(
          Locale.ROOT,
          "%s: %.0f purchases/s, each after a look at its toy; %s leads",
          Bench.words(engine, measured.connections()),
          measured.pairs().perSecond(),
          measured.leader()));
      lines.add("");
      lines.addAll(legs(measured.purchase()));
      lines.add("");
      lines.addAll(costs(measured));
    }));
    lines.add("");
    lines.add("A leg stands under the one that it is a part of. Those marked with | run at the same"
        + " time as the others marked so under the same leg.");
    lines.add("REPLICATE ends when two of the three disks have the purchase; SETTLE is on nobody's"
        + " way, and has no part in the share of others.");
    lines.add("OFTEN: how many of them a purchase has. SHARE: of the mean purchase, as clients see"
        + " it. Lines in brackets are what no leg below explains.");
    lines.add("The second table is of purchases alone, without looks. An exchange is a request that"
        + " the service answered; a wake-up is a voluntary context switch.");
    return lines;
  }

  private static List<String> legs(LegNode purchase) {
    Table table = new Table("LEG", "AT", "OFTEN", "P50", "P90", "P99", "MEAN", "SHARE");
    List<PlacedLeg> placed = PlacedLeg.of(purchase);
    for (int i = 0; i < placed.size(); i++) {
      PlacedLeg leg = placed.get(i);
      row(table, leg, purchase);
      // Behind the last of its parts, what none of them explains: of several that end, innermost
      // first.
      int next = i + 1 < placed.size() ? placed.get(i + 1).depth() : 0;
      for (int depth = leg.depth() - 1; depth >= next; depth--) {
        rest(table, enclosing(placed, i, depth), purchase);
      }
    }
    return table.lines();
  }

  private static PlacedLeg enclosing(List<PlacedLeg> placed, int from, int depth) {
    int i = from;
    while (placed.get(i).depth() != depth) {
      i--;
    }
    return placed.get(i);
  }

  private static void row(Table table, PlacedLeg placed, LegNode purchase) {
    LegNode leg = placed.leg();
    boolean aside = leg.arrangement() == Arrangement.ASIDE;
    table.row(
        INDENT.repeat(placed.depth()) + (placed.beside() ? BESIDE : "") + leg.label(),
        leg.side().word(),
        String.format(Locale.ROOT, "%.2f", leg.often()),
        us(leg, MEDIAN),
        us(leg, P90),
        us(leg, P99),
        Numbers.perSecond(leg.times().meanUs()),
        aside ? "-" : Numbers.percent(leg.shareUs() / purchase.times().meanUs()));
  }

  private static void rest(Table table, PlacedLeg whole, LegNode purchase) {
    LegNode leg = whole.leg();
    if (!leg.rest().isEmpty() && leg.restUs() >= NONE_US) {
      table.row(
          INDENT.repeat(whole.depth() + 1) + "(" + leg.rest() + ")",
          leg.side().word(),
          "-",
          "-",
          "-",
          "-",
          Numbers.perSecond(leg.restUs()),
          Numbers.percent(leg.restUs() / purchase.times().meanUs()));
    }
  }

  private static String us(LegNode leg, double part) {
    double us = leg.times().percentileUs(part);
    return us < LEAST_US && leg.side() != Side.CLIENT ? "<50" : Numbers.perSecond(us);
  }

  private static List<String> costs(LegsMeasured measured) {
    Table table = new Table("A PURCHASE COSTS", "EXCHANGES", "COMMITS", "WAKE-UPS", "PROCESSOR US");
    measured.costs().forEach(cost -> cost(table, cost));
    cost(table, measured.whole());
    return table.lines();
  }

  private static void cost(Table table, LegsMeasured.Cost cost) {
    table.row(
        cost.service(),
        String.format(Locale.ROOT, "%.3f", cost.exchanges()),
        String.format(Locale.ROOT, "%.3f", cost.commits()),
        String.format(Locale.ROOT, "%.2f", cost.wakeUps()),
        Numbers.perSecond(cost.processorUs()));
  }

  ObjectNode json() {
    ObjectNode json = JSON.createObjectNode();
    json.set("stamp", JSON.valueToTree(stamp));
    engines.forEach((engine, all) -> {
      ArrayNode list = json.putArray(engine);
      for (LegsMeasured measured : all) {
        ObjectNode node = list.addObject()
            .put("connections", measured.connections())
            .put("perSecond", measured.pairs().perSecond())
            .put("leader", measured.leader())
            .put("failures", measured.pairs().failures());
        node.set("purchase", json(measured.purchase()));
        node.set("costs", JSON.valueToTree(measured.costs()));
      }
    });
    return json;
  }

  private static ObjectNode json(LegNode leg) {
    ObjectNode node = JSON.createObjectNode()
        .put("leg", leg.label())
        .put("at", leg.side().word())
        .put("often", leg.often())
        .put("p50Us", leg.times().percentileUs(MEDIAN))
        .put("p90Us", leg.times().percentileUs(P90))
        .put("p99Us", leg.times().percentileUs(P99))
        .put("meanUs", leg.times().meanUs())
        .put("parts", leg.arrangement().name())
        .put("restUs", leg.restUs());
    ArrayNode parts = node.putArray("legs");
    leg.parts().forEach(part -> parts.add(json(part)));
    return node;
  }
}
