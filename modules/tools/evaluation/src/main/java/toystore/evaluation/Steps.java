package toystore.evaluation;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** How far a long measurement is. One thread goes on, the progress line reads. */
final class Steps {
  private final int total;
  private final long startNs;
  private volatile Consumer<String> news = line -> {};
  private String current = "";
  private int done;

  Steps(int total, long nowNs) {
    this.total = total;
    this.startNs = nowNs;
  }

  /** Who is told of each step that has been done. */
  void tell(Consumer<String> listener) {
    news = listener;
  }

  /** This is being done now. */
  synchronized void begin(String what) {
    current = what;
  }

  /** This has been done, one of the total. */
  void end(String result) {
    remark(next() + "/" + total + "  " + result);
  }

  /** To be told too, at no step. */
  void remark(String line) {
    news.accept(line);
  }

  private synchronized int next() {
    done++;
    return done;
  }

  /** For a person. */
  synchronized String line(long nowNs) {
    String line = String.format(Locale.ROOT, "%d/%d  %s", done, total, current);
    if (done == 0 || done >= total) {
      return line;
    }
    Duration left = Duration.ofNanos((nowNs - startNs) / done * (total - done));
    return line
        + String.format(Locale.ROOT, "  (%d:%02d left)", left.toMinutes(), left.toSecondsPart());
  }
}
