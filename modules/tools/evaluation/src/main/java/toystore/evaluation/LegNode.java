package toystore.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * A leg of a purchase, and what it consists of.
 *
 * @param label in words
 * @param side who is at work, or waits
 * @param often how many of them a purchase has
 * @param arrangement how its parts lie in time
 * @param rest what it is that no part explains
 */
record LegNode(
    String label,
    Side side,
    LegHistogram times,
    double often,
    Arrangement arrangement,
    List<LegNode> parts,
    String rest) {

  /** Where a leg is measured. */
  enum Side {
    CLIENT("client"),
    FRONT_END("front-end"),
    LEADER("leader"),
    CATALOG("catalog"),
    FOLLOWER("follower");

    private final String word;

    Side(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** How the parts of a leg lie in time. */
  enum Arrangement {
    /** Each begins when the one before it is over. */
    IN_TURN,
    /** They begin together, and all of them are waited for. */
    TOGETHER,
    /** They begin together; of the three, the second that is ready suffices. */
    MAJORITY,
    /** It is on nobody's way: nothing waits for it. */
    ASIDE
  }

  LegNode {
    parts = List.copyOf(parts);
  }

  static LegNode leaf(String label, Side side, LegHistogram times, double purchases) {
    return new LegNode(
        label, side, times, times.count() / purchases, Arrangement.IN_TURN, List.of(), "");
  }

  LegNode of(Arrangement how, String unexplained, LegNode... consistsOf) {
    return new LegNode(
        label,
        side,
        times,
        often,
        how,
        Arrays.stream(consistsOf).filter(part -> part.often > 0).toList(),
        unexplained);
  }

  /** Its part of the mean purchase: one that only some purchases have counts less. */
  double shareUs() {
    return often == 0 ? 0 : times.meanUs() * Math.min(1, often);
  }

  /** What its parts take of the mean purchase. */
  double partsUs() {
    double[] shares = parts.stream()
        .filter(part -> part.arrangement != Arrangement.ASIDE)
        .mapToDouble(LegNode::shareUs)
        .sorted()
        .toArray();
    return switch (arrangement) {
      case IN_TURN, ASIDE -> Arrays.stream(shares).sum();
      case TOGETHER -> Arrays.stream(shares).max().orElse(0);
      case MAJORITY -> shares.length == 0 ? 0 : shares[Math.min(1, shares.length - 1)];
    };
  }

  /** What no part explains. Means of legs that overlap may leave less than nothing: then none. */
  double restUs() {
    return Math.max(0, shareUs() - partsUs());
  }
}
