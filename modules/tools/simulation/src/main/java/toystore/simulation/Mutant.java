package toystore.simulation;

import java.util.List;

/** A store without one of its rules. Only tests have any. */
public interface Mutant {
  /** The rule that is left out. */
  String name();

  /** For one schedule of a store without it. */
  Wiring wiring();

  /** Where mutants come from, by {@link java.util.ServiceLoader}. */
  interface Source {
    List<Mutant> mutants();
  }
}
