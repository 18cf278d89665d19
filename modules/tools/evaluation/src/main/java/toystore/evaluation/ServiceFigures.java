package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import toystore.edge.Leg;

/** The figures of one service at one moment, as it gives them to Prometheus. Pure. */
final class ServiceFigures {
  private static final Pattern SERIES =
      Pattern.compile("^([a-z_]+)(?:\\{(.*)})? ([-+.\\dEINaf]+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
  private static final String LEGS = "toystore_leg_seconds";
  /** Who asks how a service is, does not ask for a purchase. */
  private static final List<String> LOOKS = List.of("/health", "/ready", "/state", "/metrics");

  private final List<Series> all = new ArrayList<>();

  private record Series(String name, Map<String, String> labels, double value) {}

  private ServiceFigures() {}

  static ServiceFigures parse(String text) {
    ServiceFigures figures = new ServiceFigures();
    Matcher lines = SERIES.matcher(text);
    while (lines.find()) {
      Map<String, String> labels = new TreeMap<>();
      if (lines.group(2) != null) {
        LABEL
            .matcher(lines.group(2))
            .results()
            .forEach(label -> labels.put(label.group(1), label.group(2)));
      }
      figures.all.add(new Series(lines.group(1), labels, number(lines.group(3))));
    }
    return figures;
  }

  private static double number(String text) {
    return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  /** @param to whom it leads, empty for a leg that does not say so */
  LegHistogram leg(Leg leg, String to) {
    Map<Double, Double> upTo = new TreeMap<>();
    double seconds = 0;
    for (Series series : all) {
      Map<String, String> labels = series.labels;
      if (leg.word().equals(labels.get("leg")) && to.equals(labels.getOrDefault("to", ""))) {
        if (series.name.equals(LEGS + "_bucket")) {
          upTo.put(number(labels.get("le")), series.value);
        } else if (series.name.equals(LEGS + "_sum")) {
          seconds = series.value;
        }
      }
    }
    return new LegHistogram(List.copyOf(upTo.keySet()), List.copyOf(upTo.values()), seconds);
  }

  /** Requests that it has answered, to clients and to other services. */
  double exchanges() {
    return sum("toystore_internal_requests_seconds_count")
        + sum("toystore_http_requests_seconds_count");
  }

  /** Commits of its files, each with an fsync. */
  double commits() {
    return sum("toystore_log_commit_seconds_count")
        + sum("toystore_disk_commits_total")
        + sum("toystore_catalog_commit_seconds_count");
  }

  private double sum(String name) {
    return all.stream()
        .filter(series -> series.name.equals(name))
        .filter(series -> !LOOKS.contains(series.labels.getOrDefault("route", "")))
        .mapToDouble(Series::value)
        .sum();
  }
}
