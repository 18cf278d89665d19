package toystore.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import toystore.client.RequestKind;
import toystore.operations.OperationFailed;

/** Measurements as CSV and back. Lines that begin with # are for people. */
final class MeasurementCsv {
  static final String HEAD = "run,repetition,cache,probability,request,count,failures,per_second,"
      + "mean_ms,p50_ms,p95_ms,p99_ms,max_ms";

  private static final String COMMENT = "#";
  private static final int COLUMNS = HEAD.split(",").length;

  private MeasurementCsv() {}

  static String line(Measurement row) {
    return String.format(
        Locale.ROOT,
        "%d,%d,%s,%.2f,%s,%d,%d,%.1f,%.4f,%.4f,%.4f,%.4f,%.4f",
        row.run(),
        row.repetition(),
        row.cache() ? "on" : "off",
        row.probability(),
        row.kind().key(),
        row.count(),
        row.failures(),
        row.perSecond(),
        row.meanMs(),
        row.p50Ms(),
        row.p95Ms(),
        row.p99Ms(),
        row.maxMs());
  }

  /**
   * Reads what was written.
   *
   * @throws OperationFailed naming the first line that is not as it should be
   */
  static List<Measurement> parse(String csv) {
    List<String> lines =
        csv.lines().filter(line -> !line.startsWith(COMMENT) && !line.isBlank()).toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw new OperationFailed("its first line is not " + HEAD);
    }
    return lines.stream().skip(1).map(MeasurementCsv::row).toList();
  }

  private static Measurement row(String line) {
    String[] cells = line.split(",");
    if (cells.length != COLUMNS) {
      throw new OperationFailed("not " + COLUMNS + " columns: " + line);
    }
    try {
      return new Measurement(
          Integer.parseInt(cells[0]),
          Integer.parseInt(cells[1]),
          isOn(cells[2]),
          Double.parseDouble(cells[3]),
          kind(cells[4]),
          Long.parseLong(cells[5]),
          Long.parseLong(cells[6]),
          Double.parseDouble(cells[7]),
          Double.parseDouble(cells[8]),
          Double.parseDouble(cells[9]),
          Double.parseDouble(cells[10]),
          Double.parseDouble(cells[11]),
          Double.parseDouble(cells[12]));
    } catch (IllegalArgumentException e) {
      throw new OperationFailed("not a measurement: " + line, e);
    }
  }

  private static boolean isOn(String cell) {
    if (!cell.equals("on") && !cell.equals("off")) {
      throw new IllegalArgumentException("cache=" + cell);
    }
    return cell.equals("on");
  }

  private static RequestKind kind(String key) {
    return Arrays.stream(RequestKind.values())
        .filter(kind -> kind.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("request=" + key));
  }
}
