package toystore.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import toystore.history.HistoryViolation.Placement;

/** A violation for people: what was promised, what happened, and a picture for the terminal. */
public final class Excerpt {
  private static final int COLUMNS = 60;
  private static final double NS_PER_MS = 1e6;

  private Excerpt() {}

  /** A few lines, each ended. */
  public static String of(HistoryViolation violation) {
    StringBuilder text = new StringBuilder();
    text.append(violation.subject()).append(": ").append(violation.summary()).append('\n');
    text.append("  rule: ").append(violation.rule().promise()).append('\n');
    long startNs = startNs(violation);
    if (!violation.placed().isEmpty()) {
      text.append("  the last events that fit:\n");
    }
    for (Placement placement : violation.placed()) {
      text.append(
          placement.operation() == null
              ? "    (the catalog restocks)"
              : "    " + timed(placement.operation(), startNs));
      text.append("   stock ").append(placement.stockAfter()).append('\n');
    }
    text.append("  what does not fit after them:\n");
    for (Operation operation : violation.stuck()) {
      text.append("  > ").append(timed(operation, startNs)).append('\n');
    }
    return text.append(picture(violation)).toString();
  }

  private static String timed(Operation operation, long startNs) {
    String end =
        operation.returnNs() == Operation.NEVER ? "..." : inMs(operation.returnNs() - startNs);
    return String.format(
        Locale.ROOT,
        "client %-3d %s  [%s, %s] ms",
        operation.client(),
        operation.inWords(),
        inMs(operation.callNs() - startNs),
        end);
  }

  private static String inMs(long ns) {
    return String.format(Locale.ROOT, "%.3f", ns / NS_PER_MS);
  }

  private static String picture(HistoryViolation violation) {
    StringBuilder text = new StringBuilder();
    long startNs = startNs(violation);
    double nsPerColumn = Math.max(1, (endNs(violation) - startNs) / (double) COLUMNS);
    for (Operation operation : operations(violation)) {
      boolean earlier = operation.callNs() < startNs;
      int from = earlier ? 0 : (int) ((operation.callNs() - startNs) / nsPerColumn);
      boolean open = operation.returnNs() == Operation.NEVER;
      int to = open ? COLUMNS + 1 : (int) ((operation.returnNs() - startNs) / nsPerColumn) + 1;
      String bar =
          (earlier ? "<" : "[") + "-".repeat(Math.max(0, to - from - 1)) + (open ? ">" : "]");
      boolean stuck = violation.stuck().contains(operation);
      text.append(stuck ? "  > " : "    ")
          .append(String.format(Locale.ROOT, "%-" + (COLUMNS + 4) + "s", " ".repeat(from) + bar))
          .append(operation.inWords())
          .append('\n');
    }
    return text.toString();
  }

  /** All that is to be shown, in order of calls. */
  static List<Operation> operations(HistoryViolation violation) {
    List<Operation> shown = new ArrayList<>(violation.stuck());
    violation.placed().stream()
        .map(Placement::operation)
        .filter(operation -> operation != null && !shown.contains(operation))
        .forEach(shown::add);
    shown.sort(Comparator.comparingLong(Operation::callNs));
    return shown;
  }

  /** The first call of an operation that returned: one open for long would dwarf the others. */
  static long startNs(HistoryViolation violation) {
    List<Operation> shown = operations(violation);
    return shown.stream()
        .filter(operation -> operation.returnNs() != Operation.NEVER)
        .mapToLong(Operation::callNs)
        .min()
        .orElse(shown.get(0).callNs());
  }

  /** The last instant at which something was called or returned. */
  static long endNs(HistoryViolation violation) {
    return operations(violation).stream()
        .mapToLong(operation ->
            operation.returnNs() == Operation.NEVER ? operation.callNs() : operation.returnNs())
        .max()
        .orElse(0);
  }
}
