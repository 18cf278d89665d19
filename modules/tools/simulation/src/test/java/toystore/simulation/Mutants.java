package toystore.simulation;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import toystore.primarybackup.BrokenRule;
import toystore.primarybackup.PrimaryBackupOptions;
import toystore.replication.DurableState;
import toystore.replication.ReplicaCore;

/** All rules that a simulated store can do without, until a promise breaks. */
public final class Mutants implements Mutant.Source {

  /** Met too rarely by chance: which module's test shows what they are for. */
  static final Map<String, String> SHOWN_ELSEWHERE = Map.ofEntries(
      entry("ONE_PROMISE_AN_EPOCH", "primarybackup/BrokenRulesTest#onePromisePerEpochToAnyLeader"),
      entry(
          "COUNT_OWN_EPOCH_ONLY",
          "primarybackup/BrokenRulesTest#commitByCountingEntriesOfOldEpochs"),
      entry("PROMISE_COUNTED_ONCE", "primarybackup/BrokenRulesTest#promiseCountedTwice"),
      entry("MARGIN_FOR_DRIFT", "stock/CatalogSimulationTest#withoutThisRuleAPromiseBreaks"));

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
    all.addAll(TimeMutants.all());
    return all;
  }

  private static Omission ofPrimaryBackup(BrokenRule rule) {
    return new Omission(rule.name(), Engine.PRIMARY_BACKUP, () -> new Wiring() {
      @Override
      public ReplicaCore primaryBackup(
          int id, List<Integer> members, DurableState state, PrimaryBackupOptions options) {
        return rule.core(id, members, state, options);
      }

      @Override
      Plan plan(Plan usual) {
        return rule == BrokenRule.MAKE_ROOM_FOR_A_DISK_THAT_WRITES ? usual.withStuckDisk() : usual;
      }
    });
  }
}
