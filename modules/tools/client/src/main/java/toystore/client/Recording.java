package toystore.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/**
 * Latencies by kind and second, in nanoseconds. Pure data.
 *
 * <p>Histograms are kept encoded and decoded one at a time, so an hour costs little more memory
 * than a second.
 */
final class Recording {
  private final Map<RequestKind, SortedMap<Integer, List<byte[]>>> encoded =
      new EnumMap<>(RequestKind.class);

  /**
   * Adds one second of one event loop.
   *
   * @param second since the load began
   * @param histogram in HdrHistogram's own encoding, not changed afterwards
   */
  void add(RequestKind kind, int second, byte[] histogram) {
    encoded
        .computeIfAbsent(kind, k -> new TreeMap<>())
        .computeIfAbsent(second, s -> new ArrayList<>())
        .add(histogram);
  }

  /** Several event loops' recordings as one. Nothing is lost: histograms add up exactly. */
  static Recording merged(List<Recording> parts) {
    Recording all = new Recording();
    for (Recording part : parts) {
      part.encoded.forEach((kind, seconds) -> seconds.forEach((second, histograms) ->
          histograms.forEach(histogram -> all.add(kind, second, histogram))));
    }
    return all;
  }

  boolean has(RequestKind kind) {
    return parts(kind).stream().anyMatch(encoded::containsKey);
  }

  /** All latencies of one kind; for QUERY hits and misses too. */
  Histogram total(RequestKind kind) {
    Histogram total = new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
    for (int second : seconds(kind)) {
      at(kind, second).ifPresent(total::add);
    }
    return total;
  }

  /** The seconds that have latencies of this kind. */
  SortedSet<Integer> seconds(RequestKind kind) {
    SortedSet<Integer> seconds = new TreeSet<>();
    for (RequestKind part : parts(kind)) {
      seconds.addAll(of(part).keySet());
    }
    return seconds;
  }

  /** One second's latencies, if there are any. */
  Optional<Histogram> at(RequestKind kind, int second) {
    Histogram sum = null;
    for (RequestKind part : parts(kind)) {
      for (byte[] histogram : of(part).getOrDefault(second, List.of())) {
        Histogram decoded = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(histogram), 0);
        if (sum == null) {
          sum = decoded;
        } else {
          sum.add(decoded);
        }
      }
    }
    return Optional.ofNullable(sum);
  }

  private SortedMap<Integer, List<byte[]>> of(RequestKind kind) {
    return encoded.getOrDefault(kind, new TreeMap<>());
  }

  private static List<RequestKind> parts(RequestKind kind) {
    return kind == RequestKind.QUERY
        ? List.of(RequestKind.QUERY, RequestKind.QUERY_HIT, RequestKind.QUERY_MISS)
        : List.of(kind);
  }
}
