package toystore.replication;

import java.util.Arrays;

/**
 * Majority arithmetic.
 *
 * @param members how many replicas there are, itself included
 */
public record Quorum(int members) {
  public Quorum {
    if (members < 1) {
      throw new IllegalArgumentException("members=" + members);
    }
  }

  /** The least number of replicas of which two such groups always share one. */
  public int majority() {
    return members / 2 + 1;
  }

  public boolean isMajority(int count) {
    return count >= majority();
  }

  /** The highest value that a majority has reached, given one value a member. */
  public long reachedByMajority(long... values) {
    if (values.length != members) {
      throw new IllegalArgumentException(values.length + " values of " + members + " members");
    }
    long[] ascending = values.clone();
    Arrays.sort(ascending);
    return ascending[members - majority()];
  }
}
