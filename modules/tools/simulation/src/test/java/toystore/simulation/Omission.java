package toystore.simulation;

import toystore.model.EngineName;
import toystore.mutation.Mutant;

/**
 * A rule left out of a store with this engine, where chance meets it.
 *
 * @param plan what its schedules are like
 */
record Omission(Mutant mutant, EngineName engine, PlanKind plan) {
  /** What all schedules of a campaign are like. */
  enum PlanKind {
    USUAL,
    FIVE_REPLICAS,
    LOST_FILES,
    STUCK_DISK,
    SLOW_MACHINE,
    OLDER_CATALOG,
    FORGOTTEN_PROMISE
  }

  static Omission primaryBackup(String name, String violates) {
    return new Omission(Mutant.of(name, violates), EngineName.PRIMARY_BACKUP, PlanKind.USUAL);
  }

  static Omission raft(String name, String violates) {
    return new Omission(Mutant.of("RAFT_" + name, violates), EngineName.RAFT, PlanKind.USUAL);
  }

  /** With one more change. */
  Omission replace(String source, String code, String other) {
    return new Omission(mutant.replace(source, code, other), engine, plan);
  }

  Omission among(PlanKind kind) {
    return new Omission(mutant, engine, kind);
  }

  /** The same in a store with Raft. */
  Omission inRaft() {
    Mutant renamed = new Mutant("RAFT_" + mutant.name(), mutant.violates(), mutant.changes());
    return new Omission(renamed, EngineName.RAFT, plan);
  }

  @Override
  public String toString() {
    return mutant.name();
  }
}
