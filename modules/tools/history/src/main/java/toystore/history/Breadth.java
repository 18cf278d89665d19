package toystore.history;

import java.util.ArrayList;
import java.util.List;

/**
 * How many branches a search follows at a time.
 *
 * @param width branches kept from one return to the next
 * @param surplus possible sales that a branch may use beyond the branch that uses the fewest
 */
record Breadth(int width, int surplus) {
  private static final int FACTOR = 4;
  private static final int VISITS_PER_PLACE = 8;

  static Breadth first(int limit) {
    return new Breadth(Math.min(32, limit), limit > 32 ? 2 : Integer.MAX_VALUE);
  }

  boolean isAtMost(int limit) {
    return width == limit && surplus == Integer.MAX_VALUE;
  }

  /** Much wider, but no wider than the limit. */
  Breadth wider(int limit) {
    int next = (int) Math.min((long) width * FACTOR, limit);
    return new Breadth(next, next == limit ? Integer.MAX_VALUE : 2 * surplus);
  }

  /** Branches visited at one return at most. */
  long visits() {
    return (long) VISITS_PER_PLACE * width;
  }

  boolean isUnlikely(Branch branch, int leastUsed) {
    return (long) branch.usedInAll() - leastUsed > surplus;
  }

  /** Those to keep. */
  List<Branch> likeliest(List<Branch> branches, int leastUsed) {
    List<Branch> kept = new ArrayList<>(branches);
    kept.removeIf(branch -> isUnlikely(branch, leastUsed));
    if (kept.size() <= width) {
      return kept;
    }
    kept.sort(Branch.LIKELIEST_FIRST);
    return new ArrayList<>(kept.subList(0, width));
  }
}
