package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import toystore.client.RequestKind;
import toystore.command.Stamp;

/** Two evaluations side by side: what became faster, what slower. Pure. */
final class EvaluationComparison {
  private final CacheStudy older;
  private final CacheStudy newer;

  EvaluationComparison(CacheStudy older, CacheStudy newer) {
    this.older = older;
    this.newer = newer;
  }

  /** A row for each setting that both have measured. */
  List<ComparisonRow> rows() {
    List<ComparisonRow> rows = new ArrayList<>();
    for (RequestKind kind : CacheStudy.KINDS) {
      for (boolean cache : new boolean[] {true, false}) {
        for (double p : newer.probabilities()) {
          for (Latency latency : Latency.values()) {
            ComparisonRow row = new ComparisonRow(
                kind,
                cache,
                p,
                latency,
                older.latencyMs(kind, cache, p, latency),
                newer.latencyMs(kind, cache, p, latency));
            if (!row.olderMs().isEmpty() && !row.newerMs().isEmpty()) {
              rows.add(row);
            }
          }
        }
      }
    }
    return rows;
  }

  /** As Markdown. */
  String render(Stamp olderStamp, Stamp newerStamp) {
    StringBuilder text = new StringBuilder("# Compared with an older evaluation\n\n");
    stamp(text, "older", olderStamp);
    stamp(text, "newer", newerStamp);
    if (!olderStamp.machine().equals(newerStamp.machine())) {
      text.append(
          "**The machines differ: the ratios say as much about them as about the store.**\n\n");
    }
    List<ComparisonRow> rows = rows();
    Spread ratios = Spread.of(rows.stream().map(ComparisonRow::ratio).toList());
    text.append("Over all ").append(ratios.count()).append(" figures the newer takes ");
    text.append(Numbers.ratio(ratios)).append(" times as long. ");
    text.append(count(rows, Tendency.FASTER)).append(" are faster, ");
    text.append(count(rows, Tendency.SLOWER)).append(" slower; of the others the repetitions");
    text.append(" overlap, so that chance may be all that tells them apart.\n\n");
    text.append("| request | cache | p | figure | older, ms | newer, ms | newer / older | |\n");
    text.append("| --- | --- | ---: | --- | ---: | ---: | ---: | --- |\n");
    rows.forEach(row -> text.append(row.line()));
    return text.toString();
  }

  private static void stamp(StringBuilder text, String title, Stamp stamp) {
    text.append("```\n").append(title).append('\n');
    stamp.lines().forEach(line -> text.append(line).append('\n'));
    text.append("```\n\n");
  }

  private static long count(List<ComparisonRow> rows, Tendency change) {
    return rows.stream().filter(row -> row.tendency() == change).count();
  }

  enum Tendency {
    FASTER,
    SLOWER,
    UNDECIDED
  }

  /** One figure of both. */
  record ComparisonRow(
      RequestKind kind,
      boolean cache,
      double probability,
      Latency latency,
      Spread olderMs,
      Spread newerMs) {

    /** Above 1 the newer is slower. */
    double ratio() {
      return newerMs.median() / olderMs.median();
    }

    Tendency tendency() {
      if (newerMs.overlaps(olderMs)) {
        return Tendency.UNDECIDED;
      }
      return newerMs.median() < olderMs.median() ? Tendency.FASTER : Tendency.SLOWER;
    }

    private String line() {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s | %s | %s |%n",
          EvaluationPlots.label(kind),
          cache ? "on" : "off",
          Numbers.probability(probability),
          latency.label(),
          Numbers.ms(olderMs.median()),
          Numbers.ms(newerMs.median()),
          Numbers.ratio(ratio()),
          tendency() == Tendency.UNDECIDED ? "" : tendency().name().toLowerCase(Locale.ROOT));
    }
  }
}
