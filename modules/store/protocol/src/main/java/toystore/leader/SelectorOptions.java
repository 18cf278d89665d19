package toystore.leader;

import java.util.Comparator;
import java.util.List;

/**
 * What leader selection is told once.
 *
 * @param frontEnd own id, unique among front-ends
 * @param replicas their ids
 * @param appoints whether the front-end names the leader; else it follows whom the replicas elect
 * @param handOver whether a healthy leader yields to the highest id once that is level
 * @param checkMs time between health checks
 * @param missedChecks so many in a row make a replica silent that answers quickly as a rule
 * @param pollMs time between ticks, and between looks at a replica whose readiness is awaited
 * @param decideMs longest wait for answers before a choice; like the next two, of replicas that
 *     answer quickly as a rule: who is slow of late has longer
 * @param readyMs longest wait for an appointed leader, doubled with each failure in a row
 * @param notServingMs a leader that reports no service for longer is given up
 * @param passOverMs so long a failed candidate stands behind all others
 * @param graceMs requests wait so long for a majority, or the catalog, that is known to be down
 * @param patienceMs requests wait so long for one that is silent, and for a leader that a majority
 *     could give
 * @param urgeMs wait for service before another is asked to stand; longer than a take-over, which may
 *     have to wait for a lease of the usual length to end
 */
public record SelectorOptions(
    int frontEnd,
    List<Integer> replicas,
    boolean appoints,
    boolean handOver,
    long checkMs,
    int missedChecks,
    long pollMs,
    long decideMs,
    long readyMs,
    long notServingMs,
    long passOverMs,
    long graceMs,
    long patienceMs,
    long urgeMs) {

  static final int URGE_MS = 1_500;

  public SelectorOptions {
    replicas = replicas.stream().sorted(Comparator.reverseOrder()).toList();
  }

  /** The usual times. */
  public static SelectorOptions of(int frontEnd, List<Integer> replicas, boolean appoints) {
    return new SelectorOptions(
        frontEnd, replicas, appoints, false, 100, 3, 10, 100, 1_000, 300, 5_000, 500, 10_000,
        URGE_MS);
  }

  public SelectorOptions withHandOver(boolean wanted) {
    return new SelectorOptions(
        frontEnd,
        replicas,
        appoints,
        wanted,
        checkMs,
        missedChecks,
        pollMs,
        decideMs,
        readyMs,
        notServingMs,
        passOverMs,
        graceMs,
        patienceMs,
        urgeMs);
  }

  /** So much of it makes a replica silent that answers quickly as a rule. */
  long silenceMs() {
    return checkMs * missedChecks;
  }

  int majority() {
    return replicas.size() / 2 + 1;
  }
}
