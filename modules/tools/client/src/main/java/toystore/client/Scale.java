package toystore.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** One axis of a chart: where a value lies, from 0 to 1, and which values are written at it. Pure. */
interface Scale {
  double position(double value);

  List<Tick> ticks();

  /** A value worth a line and a label. */
  record Tick(double value, String label) {}

  /** From 0 to at least the maximum, by steps of 1, 2 or 5. */
  static Scale linear(double max) {
    double step = niceStep(Math.max(max, 1e-9) / 5);
    double end = step * Math.max(1, Math.ceil(max / step - 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
      ticks.add(new Tick(i * step, TextReport.plain(i * step)));
    }
    return new Fixed(ticks, value -> value / end);
  }

  /** Whole decades around the values. */
  static Scale logarithmic(double min, double max) {
    int first = (int) Math.floor(Math.log10(min));
    int last = Math.max(first + 1, (int) Math.ceil(Math.log10(max)));
    List<Tick> ticks = new ArrayList<>();
    for (int exponent = first; exponent <= last; exponent++) {
      double value = Math.pow(10, exponent);
      ticks.add(new Tick(value, TextReport.plain(value)));
    }
    double start = Math.pow(10, first);
    return new Fixed(ticks, value -> (Math.log10(Math.max(value, start)) - first) / (last - first));
  }

  /**
   * Percentiles, each further nine as wide as the one before.
   *
   * @param nines how many; 3 ends at 99.9
   */
  static Scale nines(int nines) {
    List<Tick> ticks = new ArrayList<>();
    ticks.add(new Tick(0, "0"));
    ticks.add(new Tick(50, "50"));
    for (int nine = 1; nine <= nines; nine++) {
      // Written, not computed: 100 - 10^-2 is not 99.99 in binary.
      String label = nine <= 2 ? "9".repeat(nine) : "99." + "9".repeat(nine - 2);
      ticks.add(new Tick(nine == 1 ? 90 : Double.parseDouble(label), nine == 1 ? "90" : label));
    }
    return new Fixed(
        ticks,
        percentile ->
            Math.min(1, -Math.log10(Math.max(1 - percentile / 100, Math.pow(10, -nines))) / nines));
  }

  private static double niceStep(double rough) {
    double decade = Math.pow(10, Math.floor(Math.log10(rough)));
    double mantissa = rough / decade;
    return decade * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  }

  /** Ticks and a function. */
  final class Fixed implements Scale {
    private final List<Tick> ticks;
    private final DoubleUnaryOperator position;

    Fixed(List<Tick> ticks, DoubleUnaryOperator position) {
      this.ticks = List.copyOf(ticks);
      this.position = position;
    }

    @Override
    public double position(double value) {
      return position.applyAsDouble(value);
    }

    @Override
    public List<Tick> ticks() {
      return ticks;
    }
  }
}
