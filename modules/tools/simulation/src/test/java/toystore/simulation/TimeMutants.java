package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.purchase.CatalogCall;
import toystore.simulation.Mutants.Omission;
import toystore.stock.CatalogMessages.Verified;

/** What notices that a file went back in time, left out. */
final class TimeMutants {
  private TimeMutants() {}

  static List<Omission> all() {
    List<Omission> all = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      String prefix = engine == Engine.RAFT ? "RAFT_" : "";
      all.add(new Omission(prefix + "MARK_AT_THE_CATALOG", engine, NoMark::new));
      all.add(new Omission(prefix + "COMPARE_BEFORE_THE_FIRST_ENTRY", engine, Hasty::new));
      all.add(new Omission(prefix + "CATALOG_KNOWS_EACH_ORDER", engine, AllKnown::new));
      all.add(new Omission(prefix + "COMPARE_WITH_EACH_RUN", engine, AnyRun::new));
    }
    return all;
  }

  private static final class NoMark extends Wiring {
    @Override
    public Fenced fenced(Fenced answer) {
      return new Fenced(
          answer.accepted(), answer.fence(), answer.incarnation(), Mark.NONE, answer.holds());
    }
  }

  private static final class Hasty extends Wiring {
    @Override
    public boolean comparesBeforeTheFirstEntry() {
      return false;
    }
  }

  private static final class AllKnown extends Wiring {
    @Override
    public Verified verified(CatalogCall.Verify asked, Verified answer) {
      return new Verified(asked.orders().size());
    }
  }

  private static final class AnyRun extends Wiring {
    @Override
    public Claim claimed(Claim claim, long incarnation) {
      return new Claim(claim.epoch(), incarnation, claim.mark());
    }
  }
}
