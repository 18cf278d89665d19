package toystore.frontend;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import toystore.console.ConsolePicture.ServedSecond;

/**
 * Puts the figures of one second together: queries from all event loops, purchases from the one
 * that owns them. Owned by one event loop.
 */
final class ServedSeconds {
  private static final double HALF = 50;
  private static final double NEARLY_ALL = 99;
  private static final int MS = 1_000;

  private final Histogram queries = new Histogram(2);
  private final Histogram purchases = new Histogram(2);
  private long failed;
  private long second;

  void queries(Histogram of) {
    queries.add(of);
  }

  void purchases(Histogram of) {
    purchases.add(of);
  }

  void failed(long more) {
    failed += more;
  }

  /** The seconds that are over now: the last one, if it has not been given yet. */
  List<ServedSecond> take(long nowSecond) {
    List<ServedSecond> over = new ArrayList<>(1);
    if (nowSecond != second) {
      if (second != 0) {
        over.add(sum());
      }
      queries.reset();
      purchases.reset();
      failed = 0;
      second = nowSecond;
    }
    return over;
  }

  private ServedSecond sum() {
    return new ServedSecond(
        second * MS,
        queries.getTotalCount(),
        queries.getValueAtPercentile(HALF),
        queries.getValueAtPercentile(NEARLY_ALL),
        purchases.getTotalCount(),
        purchases.getValueAtPercentile(HALF),
        purchases.getValueAtPercentile(NEARLY_ALL),
        failed);
  }
}
