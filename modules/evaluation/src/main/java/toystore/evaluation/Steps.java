package toystore.evaluation;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells a person how far a long measurement is: in a line that is overwritten on a terminal, else
 * in a line each. Owned by one thread.
 */
final class Steps {
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";

  private final PrintWriter remarks;
  private final boolean terminal;
  private final int total;
  private final long startNs;
  private int done;

  Steps(PrintWriter remarks, boolean terminal, int total, long nowNs) {
    this.remarks = remarks;
    this.terminal = terminal;
    this.total = total;
    this.startNs = nowNs;
  }

  /** This is being done now. */
  void begin(String what) {
    if (terminal) {
      remarks.print(START_OF_LINE + line(what, System.nanoTime()) + CLEAR_TO_END);
      remarks.flush();
    }
  }

  /** This has been done, one of the total. */
  void end(String result) {
    done++;
    if (!terminal) {
      remarks.println(line(result, System.nanoTime()));
      remarks.flush();
    }
  }

  /** Gives the terminal's line back. */
  void clear() {
    if (terminal) {
      remarks.print(START_OF_LINE + CLEAR_TO_END);
      remarks.flush();
    }
  }

  String line(String what, long nowNs) {
    String line = String.format(Locale.ROOT, "%d/%d  %s", done, total, what);
    if (done == 0 || done >= total) {
      return line;
    }
    Duration left = Duration.ofNanos((nowNs - startNs) / done * (total - done));
    return line
        + String.format(Locale.ROOT, "  (%d:%02d left)", left.toMinutes(), left.toSecondsPart());
  }
}
