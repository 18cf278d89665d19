package toystore.evaluation;

import java.util.Locale;

/** Figures as people read them: three digits that matter, and a dash for none. */
final class Numbers {
  private static final String NONE = "-";

  private static final double TENTH = 0.1;

  private Numbers() {}

  static String ms(double value) {
    return three(value);
  }

  static String ratio(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return String.format(Locale.ROOT, value < TENTH ? "%.2g" : "%.2f", value);
  }

  /** The middle, and the ends in brackets. */
  static String ratio(Spread spread) {
    return spread.isEmpty()
        ? NONE
        : ratio(spread.median()) + " (" + ratio(spread.min()) + " to " + ratio(spread.max()) + ")";
  }

  static String perSecond(double value) {
    return Double.isNaN(value) ? NONE : String.format(Locale.ROOT, "%.0f", value);
  }

  static String percent(double part) {
    return Double.isNaN(part) ? NONE : String.format(Locale.ROOT, "%.0f%%", 100 * part);
  }

  static String probability(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String three(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
