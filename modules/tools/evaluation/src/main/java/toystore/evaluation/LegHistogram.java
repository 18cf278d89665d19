package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How long one leg took, as a service counts it.
 *
 * @param bounds upper ends of the buckets in seconds, ascending; the last has no end
 * @param upTo how many took no longer than each of them
 * @param seconds all of them together
 */
record LegHistogram(List<Double> bounds, List<Double> upTo, double seconds) {
  static final LegHistogram NONE = new LegHistogram(List.of(), List.of(), 0);

  private static final double NS_PER_S = 1e9;
  private static final double US_PER_S = 1e6;

  LegHistogram {
    bounds = List.copyOf(bounds);
    upTo = List.copyOf(upTo);
    if (bounds.size() != upTo.size()) {
      throw new IllegalArgumentException(bounds.size() + " bounds, " + upTo.size() + " counts");
    }
  }

  /** @param ns times in nanoseconds */
  static LegHistogram of(Histogram ns) {
    List<Double> bounds = new ArrayList<>();
    List<Double> upTo = new ArrayList<>();
    double seconds = 0;
    for (HistogramIterationValue value : ns.recordedValues()) {
      // A bucket of its own, and before it one for the gap, in which there is nothing.
      bounds.add(ns.lowestEquivalentValue(value.getValueIteratedTo()) / NS_PER_S);
      upTo.add((double) value.getTotalCountToThisValue() - value.getCountAtValueIteratedTo());
      bounds.add(value.getValueIteratedTo() / NS_PER_S);
      upTo.add((double) value.getTotalCountToThisValue());
      seconds = value.getTotalValueToThisValue() / NS_PER_S;
    }
    return new LegHistogram(bounds, upTo, seconds);
  }

  /** What was added since an earlier reading of the same leg. */
  LegHistogram since(LegHistogram earlier) {
    if (earlier.bounds.isEmpty()) {
      return this;
    }
    List<Double> more = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      more.add(upTo.get(i) - earlier.upTo.get(i));
    }
    return new LegHistogram(bounds, more, seconds - earlier.seconds);
  }

  double count() {
    return upTo.isEmpty() ? 0 : upTo.get(upTo.size() - 1);
  }

  double meanUs() {
    return count() == 0 ? Double.NaN : seconds / count() * US_PER_S;
  }

  /** As many, of which only the mean is known. */
  LegHistogram ofMean(double allSeconds) {
    return new LegHistogram(List.of(Double.POSITIVE_INFINITY), List.of(count()), allSeconds);
  }

  /**
   * A percentile, as if the values of a bucket lay evenly in it; not a number where there is none,
   * or where it is in the bucket that has no end.
   *
   * @param part from 0 to 1
   */
  double percentileUs(double part) {
    double rank = part * count();
    if (rank == 0) {
      return Double.NaN;
    }
    int bucket = 0;
    while (upTo.get(bucket) < rank) {
      bucket++;
    }
    double from = bucket == 0 ? 0 : bounds.get(bucket - 1);
    double below = bucket == 0 ? 0 : upTo.get(bucket - 1);
    double to = bounds.get(bucket);
    double within = (rank - below) / (upTo.get(bucket) - below);
    return Double.isInfinite(to) ? Double.NaN : (from + within * (to - from)) * US_PER_S;
  }
}
