package toystore.evaluation;

import java.util.Collection;
import java.util.List;

/**
 * Repetitions of one figure in short. Of so few there is no better description than the middle one
 * and the ends.
 *
 * @param median not a number when there are no repetitions, like the ends
 * @param count of repetitions
 */
record Spread(double median, double min, double max, int count) {
  static Spread of(Collection<Double> repetitions) {
    if (repetitions.isEmpty()) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    List<Double> sorted = repetitions.stream().sorted().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new Spread(median, sorted.get(0), sorted.get(count - 1), count);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Whether some value may belong to both: then chance may be all that tells them apart. */
  boolean overlaps(Spread other) {
    return min <= other.max && other.min <= max;
  }
}
