package toystore.evaluation;

import java.util.List;

/**
 * What came of one store beside another, engine by engine.
 *
 * @param rows in the order in which they are to be shown
 * @param failures requests that failed
 */
record GrowthMeasured(List<Row> rows, long failures) {
  GrowthMeasured {
    rows = List.copyOf(rows);
  }

  /**
   * One figure of both.
   *
   * @param what in words
   * @param unit of both
   * @param few of the store that has few, not a number where there is none
   * @param many of the one that has many
   * @param ratio many over few; not a number where it says nothing
   */
  record Row(String what, String unit, double few, double many, double ratio) {
    static Row of(String what, String unit, double few, double many) {
      return new Row(what, unit, few, many, many / few);
    }

    static Row ofMany(String what, String unit, double many) {
      return new Row(what, unit, Double.NaN, many, Double.NaN);
    }
  }
}
