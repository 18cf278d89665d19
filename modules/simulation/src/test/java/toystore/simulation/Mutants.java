package toystore.simulation;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import toystore.raft.BrokenRaft;
import toystore.raft.RaftOptions;
import toystore.raft.Restored;
import toystore.replication.BrokenRule;
import toystore.replication.DurableState;
import toystore.replication.PrimaryBackupOptions;
import toystore.replication.ReplicaCore;

/** All rules that a simulated store can do without, until a promise breaks. */
public final class Mutants implements Mutant.Source {

  /** Met too rarely by chance; the named tests show what they are for. */
  private static final Map<String, String> SHOWN_ELSEWHERE = Map.ofEntries(
      entry("ONE_PROMISE_AN_EPOCH", "BrokenRulesTest"),
      entry("COUNT_OWN_EPOCH_ONLY", "BrokenRulesTest"),
      entry("PROMISE_COUNTED_ONCE", "BrokenRulesTest"),
      entry("MARGIN_FOR_DRIFT", "CatalogSimulationTest"),
      entry("RAFT_PROOF_OF_ABSENCE", "RaftScenarioTest"),
      entry("RAFT_VOTE_ONCE_A_TERM", "RaftScenarioTest"),
      entry("RAFT_COUNT_A_VOTER_ONCE", "RaftScenarioTest"),
      entry("RAFT_DURABLE_VOTE", "RaftScenarioTest"),
      entry("RAFT_PRE_VOTE", "RaftScenarioTest"),
      entry("RAFT_STICK_TO_THE_LEADER", "RaftScenarioTest"),
      entry("RAFT_CHECK_QUORUM", "RaftScenarioTest"),
      entry("RAFT_COUNT_OWN_TERM_ONLY", "RaftScenarioTest"),
      entry("RAFT_CONFIRM_BEFORE_READ", "RuleTest"),
      entry("RAFT_COMMIT_BEFORE_READ", "RuleTest"),
      entry("RAFT_NEW_ROUND_FOR_NEW_READS", "RaftScenarioTest"),
      entry("RAFT_STATE_REACHES_LOG", "RaftScenarioTest"),
      entry("RAFT_LOG_RESTARTS_AT_STATE", "RaftScenarioTest"),
      entry("RAFT_REBUILD_BEFORE_TAKING_PART", "RuleTest"));

  /**
   * A rule left out of a store with this engine.
   *
   * @param maker makes a store without it
   */
  record Omission(String name, Engine engine, Supplier<Wiring> maker) implements Mutant {
    boolean isShownHere() {
      return !SHOWN_ELSEWHERE.containsKey(name);
    }

    @Override
    public Wiring wiring() {
      return maker.get();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** For the service loader. */
  public Mutants() {}

  @Override
  public List<Mutant> mutants() {
    return List.copyOf(all());
  }

  static List<Omission> all() {
    List<Omission> all = new ArrayList<>();
    Arrays.stream(BrokenRule.values()).forEach(rule -> all.add(ofPrimaryBackup(rule)));
    all.addAll(ShellMutants.all());
    all.addAll(PurchaseMutants.all());
    all.addAll(CatalogMutants.all());
    all.addAll(CacheMutants.all());
    BrokenRaft.rules().forEach(rule -> all.add(ofRaft(rule)));
    return all;
  }

  private static Omission ofPrimaryBackup(BrokenRule rule) {
    return new Omission(rule.name(), Engine.PRIMARY_BACKUP, () -> new Wiring() {
      @Override
      public ReplicaCore primaryBackup(
          int id, List<Integer> members, DurableState state, PrimaryBackupOptions options) {
        return rule.core(id, members, state, options);
      }
    });
  }

  private static Omission ofRaft(String rule) {
    return new Omission("RAFT_" + rule, Engine.RAFT, () -> new Wiring() {
      @Override
      public ReplicaCore raft(RaftOptions options, Restored restored) {
        return BrokenRaft.core(options, restored, rule);
      }
    });
  }
}
