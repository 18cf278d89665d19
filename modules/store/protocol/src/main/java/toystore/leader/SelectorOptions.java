package toystore.leader;

import java.util.Comparator;
import java.util.List;

/**
 * What leader selection is told once.
 *
 * @param frontEnd own id, unique among front-ends
 * @param replicas their ids
 * @param majority so many that answer can have a leader
 * @param handOver whether a healthy leader that was appointed yields to the highest id once that is
 *     level
 */
public record SelectorOptions(
    int frontEnd,
    List<Integer> replicas,
    int majority,
    boolean handOver,
    HealthChecks checks,
    LeaderTimes leaderTimes,
    RefusalTimes refusal) {

  public SelectorOptions {
    replicas = replicas.stream().sorted(Comparator.reverseOrder()).toList();
  }

  /** The usual times. */
  public static SelectorOptions of(int frontEnd, List<Integer> replicas) {
    return new SelectorOptions(
        frontEnd,
        replicas,
        replicas.size() / 2 + 1,
        false,
        HealthChecks.USUAL,
        LeaderTimes.USUAL,
        RefusalTimes.USUAL);
  }

  /** Where replicas need no others, because their books are not theirs. */
  public SelectorOptions withMajority(int wanted) {
    return new SelectorOptions(frontEnd, replicas, wanted, handOver, checks, leaderTimes, refusal);
  }

  public SelectorOptions withHandOver(boolean wanted) {
    return new SelectorOptions(frontEnd, replicas, majority, wanted, checks, leaderTimes, refusal);
  }

  public SelectorOptions with(HealthChecks wanted) {
    return new SelectorOptions(
        frontEnd, replicas, majority, handOver, wanted, leaderTimes, refusal);
  }

  public SelectorOptions with(LeaderTimes wanted) {
    return new SelectorOptions(frontEnd, replicas, majority, handOver, checks, wanted, refusal);
  }

  public SelectorOptions with(RefusalTimes wanted) {
    return new SelectorOptions(frontEnd, replicas, majority, handOver, checks, leaderTimes, wanted);
  }

  /**
   * How replicas are watched.
   *
   * @param everyMs time between health checks
   * @param missed so many in a row make a replica silent that answers quickly as a rule
   * @param pollMs time between ticks, and between looks at a replica whose readiness is awaited
   */
  public record HealthChecks(long everyMs, int missed, long pollMs) {
    public static final HealthChecks USUAL = new HealthChecks(100, 3, 10);

    /** So much of it makes a replica silent that answers quickly as a rule. */
    long silenceMs() {
      return everyMs * missed;
    }
  }

  /**
   * How long a leader has, to come to office and in it. The first three are of replicas that answer
   * quickly as a rule: who is slow of late has longer.
   *
   * @param decideMs longest wait for answers before a choice
   * @param readyMs longest wait for an appointed leader, doubled with each failure in a row
   * @param notServingMs an appointed leader that reports no service for longer is given up
   * @param passOverMs so long a failed candidate stands behind all others
   * @param urgeMs wait for service before another is asked to stand; longer than a take-over, which
   *     may have to wait for a lease of the usual length to end
   */
  public record LeaderTimes(
      long decideMs, long readyMs, long notServingMs, long passOverMs, long urgeMs) {
    public static final LeaderTimes USUAL = new LeaderTimes(100, 1_000, 300, 5_000, 1_500);

    public LeaderTimes withReadyMs(long wanted) {
      return new LeaderTimes(decideMs, wanted, notServingMs, passOverMs, urgeMs);
    }
  }

  /**
   * When requests are refused rather than wait.
   *
   * @param graceMs so long they wait for a majority, or the catalog, that is known to be down
   * @param patienceMs and so long for one that is silent, and for a leader that a majority could
   *     give
   */
  public record RefusalTimes(long graceMs, long patienceMs) {
    public static final RefusalTimes USUAL = new RefusalTimes(500, 10_000);
  }
}
