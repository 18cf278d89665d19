package toystore.evaluation;

import java.util.ArrayList;
import java.util.List;
import toystore.evaluation.LegNode.Arrangement;

/**
 * A leg at its place in the mean purchase.
 *
 * @param depth how many legs it is a part of
 * @param beside whether it runs at the same time as the legs beside it
 * @param startUs since the client sent its request; not a number for what has no place
 */
record PlacedLeg(LegNode leg, int depth, boolean beside, double startUs) {

  /**
   * All legs of a purchase, each before its parts. What no part explains lies half before and half
   * behind the parts, for nobody measures the way there and the way back apart.
   */
  static List<PlacedLeg> of(LegNode purchase) {
    List<PlacedLeg> all = new ArrayList<>();
    place(purchase, 0, false, 0, all);
    return all;
  }

  private static void place(
      LegNode leg, int depth, boolean beside, double startUs, List<PlacedLeg> all) {
    all.add(new PlacedLeg(leg, depth, beside, startUs));
    double atUs = startUs + leg.restUs() / 2;
    boolean together =
        leg.arrangement() == Arrangement.TOGETHER || leg.arrangement() == Arrangement.MAJORITY;
    for (LegNode part : leg.parts()) {
      boolean aside = part.arrangement() == Arrangement.ASIDE;
      place(part, depth + 1, together || aside, atUs, all);
      if (!together && !aside) {
        atUs += part.shareUs();
      }
    }
  }

  double endUs() {
    return startUs + leg.times().meanUs();
  }
}
