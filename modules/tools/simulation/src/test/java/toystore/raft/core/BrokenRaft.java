package toystore.raft.core;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import toystore.replication.ReplicaCore;

/** Raft cores without one of their rules. */
public final class BrokenRaft {
  private BrokenRaft() {}

  /** The names of all rules. */
  public static List<String> rules() {
    return Arrays.stream(Rule.values()).map(Rule::name).toList();
  }

  /** A core without this rule. */
  public static ReplicaCore core(RaftOptions options, Restored restored, String without) {
    Set<Rule> rules = EnumSet.allOf(Rule.class);
    rules.remove(Rule.valueOf(without));
    return new RaftCore(options, restored, rules);
  }
}
