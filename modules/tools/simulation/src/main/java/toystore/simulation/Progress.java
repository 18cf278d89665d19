package toystore.simulation;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** How far a campaign is. Its threads count, the progress line reads. */
final class Progress {
  private static final int PERCENT = 100;
  private static final double NS_PER_S = 1e9;

  private final long all;
  private final long startNs;
  private final AtomicLong most = new AtomicLong();

  Progress(long all, long nowNs) {
    this.all = all;
    this.startNs = nowNs;
  }

  void done(long count) {
    most.accumulateAndGet(count, Math::max);
  }

  /** For a person. */
  String line(long nowNs) {
    long done = most.get();
    long perSecond = (long) (done * NS_PER_S / Math.max(1, nowNs - startNs));
    return String.format(
        Locale.ROOT,
        "%,d of %,d schedules (%d%%), %,d a second",
        done,
        all,
        PERCENT * done / all,
        perSecond);
  }
}
