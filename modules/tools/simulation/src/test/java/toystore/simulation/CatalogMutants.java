package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.model.Epochs;
import toystore.simulation.Mutants.Omission;

/** What the catalog leaves to its disk, and its fence, left out. */
final class CatalogMutants {
  private CatalogMutants() {}

  static List<Omission> all() {
    List<Omission> all = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      String prefix = engine == Engine.RAFT ? "RAFT_" : "";
      all.add(new Omission(prefix + "CATALOG_WAITS_FOR_THE_DISK", engine, Eager::new));
      all.add(new Omission(prefix + "CATALOG_STOPS_AFTER_A_FAILED_WRITE", engine, Stubborn::new));
      all.add(new Omission(prefix + "CATALOG_FENCE", engine, Unfenced::new));
    }
    return all;
  }

  private static final class Eager extends Wiring {
    @Override
    public boolean catalogWaitsForTheDisk() {
      return false;
    }
  }

  private static final class Stubborn extends Wiring {
    @Override
    public boolean catalogStopsAfterAFailedWrite() {
      return false;
    }
  }

  private static final class Unfenced extends Wiring {
    @Override
    public long epochAtCatalog(long epoch) {
      return Epochs.LAST;
    }
  }
}
