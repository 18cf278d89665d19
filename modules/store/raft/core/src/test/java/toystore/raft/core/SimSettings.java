package toystore.raft.core;

import java.util.HashSet;
import java.util.Set;

/**
 * What one simulated run is like.
 *
 * @param members replicas
 * @param rules rules that hold
 * @param durationMs time with faults
 * @param trustsIndex clients take an index for their order, whatever is committed there
 * @param ignoresDiskErrors a replica goes on after a failed write as if it were done
 * @param losesDisks whether disks get lost
 */
record SimSettings(
    int members,
    Set<Rule> rules,
    int durationMs,
    boolean trustsIndex,
    boolean ignoresDiskErrors,
    boolean losesDisks) {

  static SimSettings of(int members) {
    return new SimSettings(members, Rule.ALL, 1_500, false, false, true);
  }

  SimSettings without(Rule rule) {
    Set<Rule> left = new HashSet<>(rules);
    left.remove(rule);
    return new SimSettings(members, left, durationMs, trustsIndex, ignoresDiskErrors, losesDisks);
  }

  SimSettings trustingIndex() {
    return new SimSettings(members, rules, durationMs, true, ignoresDiskErrors, losesDisks);
  }

  SimSettings ignoringDiskErrors() {
    return new SimSettings(members, rules, durationMs, trustsIndex, true, losesDisks);
  }
}
