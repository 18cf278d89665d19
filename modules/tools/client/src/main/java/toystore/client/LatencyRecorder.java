package toystore.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one event loop, a histogram for each kind and second. Owned by one event loop.
 *
 * <p>Seconds that are over are kept encoded (some hundred bytes instead of some hundred
 * kilobytes). Nothing is rounded by it: the sum of the seconds is the whole.
 */
final class LatencyRecorder {
  /** Figures are exact to a tenth of a percent. */
  static final int SIGNIFICANT_DIGITS = 3;

  private final long originNs;
  private final Map<RequestKind, Series> series = new EnumMap<>(RequestKind.class);

  /**
   * @param originNs when second 0 begins; like all times here, by one monotonic clock
   */
  LatencyRecorder(long originNs) {
    this.originNs = originNs;
  }

  /** Records a latency in the second in which it ended. */
  void record(RequestKind kind, long startNs, long endNs) {
    int second = (int) TimeUnit.NANOSECONDS.toSeconds(Math.max(0, endNs - originNs));
    series.computeIfAbsent(kind, k -> new Series()).record(second, Math.max(0, endNs - startNs));
  }

  /** Everything recorded so far. */
  Recording recording() {
    Recording copy = new Recording();
    series.forEach((kind, of) -> {
      of.closeSecond();
      of.closed.forEach(second -> copy.add(kind, second.second(), second.encoded()));
    });
    return copy;
  }

  /** One kind's seconds. Time does not run backwards on an event loop, so only the last is open. */
  private static final class Series {
    private final List<RecordedSecond> closed = new ArrayList<>();
    private final Histogram open = new Histogram(SIGNIFICANT_DIGITS);
    private int second;

    void record(int second, long latencyNs) {
      if (second != this.second) {
        closeSecond();
        this.second = second;
      }
      open.recordValue(latencyNs);
    }

    void closeSecond() {
      if (open.getTotalCount() > 0) {
        ByteBuffer buffer = ByteBuffer.allocate(open.getNeededByteBufferCapacity());
        int length = open.encodeIntoByteBuffer(buffer);
        closed.add(new RecordedSecond(second, Arrays.copyOf(buffer.array(), length)));
        open.reset();
      }
    }
  }

  private record RecordedSecond(int second, byte[] encoded) {}
}
