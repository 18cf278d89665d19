package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
  private static final long ORIGIN_NS = -5_000_000_000L; // nanoTime may be negative.
  private static final long S = 1_000_000_000L;

  @Test
  void mergingLoopsAndSecondsLosesNothing() {
    LatencyRecorder first = new LatencyRecorder(ORIGIN_NS);
    LatencyRecorder second = new LatencyRecorder(ORIGIN_NS);
    Histogram whole = new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      long latencyNs = random.nextLong(1, 1L << random.nextInt(5, 34));
      long endNs = ORIGIN_NS + i * (S / 2000);
      LatencyRecorder recorder = i % 3 == 0 ? first : second;
      recorder.record(RequestKind.BUY, endNs - latencyNs, endNs);
      whole.recordValue(latencyNs);
    }

    Recording all = Recording.merged(List.of(first.recording(), second.recording()));

    assertEquals(whole, all.total(RequestKind.BUY));
    assertEquals(10, all.seconds(RequestKind.BUY).size());
  }

  @Test
  void aLatencyBelongsToTheSecondInWhichItEnds() {
    LatencyRecorder recorder = new LatencyRecorder(ORIGIN_NS);
    recorder.record(RequestKind.ORDER, ORIGIN_NS + S - 1, ORIGIN_NS + S);
    recorder.record(RequestKind.ORDER, ORIGIN_NS + S, ORIGIN_NS + 7 * S);

    Recording recording = recorder.recording();

    assertEquals(Set.of(1, 7), recording.seconds(RequestKind.ORDER));
    assertEquals(1, recording.at(RequestKind.ORDER, 7).orElseThrow().getTotalCount());
    assertTrue(recording.at(RequestKind.ORDER, 2).isEmpty());
  }

  @Test
  void queriesAreHitsAndMissesAndThoseThatDoNotSay() {
    LatencyRecorder recorder = new LatencyRecorder(ORIGIN_NS);
    recorder.record(RequestKind.QUERY_HIT, ORIGIN_NS, ORIGIN_NS + 10);
    recorder.record(RequestKind.QUERY_MISS, ORIGIN_NS, ORIGIN_NS + 20);
    recorder.record(RequestKind.QUERY, ORIGIN_NS, ORIGIN_NS + 30);

    Recording recording = recorder.recording();

    assertEquals(3, recording.total(RequestKind.QUERY).getTotalCount());
    assertEquals(1, recording.total(RequestKind.QUERY_HIT).getTotalCount());
    assertEquals(10, recording.total(RequestKind.QUERY_HIT).getMaxValue());
    assertFalse(recording.has(RequestKind.BUY));
  }

  @Test
  void askingTwiceCountsOnce() {
    LatencyRecorder recorder = new LatencyRecorder(ORIGIN_NS);
    recorder.record(RequestKind.BUY, ORIGIN_NS, ORIGIN_NS + 10);
    recorder.recording();
    recorder.record(RequestKind.BUY, ORIGIN_NS, ORIGIN_NS + 10);

    assertEquals(2, recorder.recording().total(RequestKind.BUY).getTotalCount());
  }
}
