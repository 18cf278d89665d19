package toystore.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.purchase.CatalogCall;
import toystore.replication.Entry;
import toystore.simulation.Mutants.Omission;
import toystore.stock.CatalogMessages.Holds;
import toystore.stock.CatalogMessages.ReserveOutcomes;

/** What makes one purchase one order, left out. */
final class PurchaseMutants {
  private static final char MARK = '~';

  private PurchaseMutants() {}

  static List<Omission> all() {
    List<Omission> all = new ArrayList<>();
    for (Engine engine : Engine.values()) {
      String prefix = engine == Engine.RAFT ? "RAFT_" : "";
      all.add(new Omission(prefix + "DEDUP_IN_THE_STATE", engine, NoDedup::new));
      all.add(new Omission(prefix + "IDEMPOTENT_RESERVE", engine, ReserveTwice::new));
      all.add(new Omission(prefix + "SWEEP_OF_OLD_HOLDS", engine, NoSweep::new));
      all.add(new Omission(prefix + "REMEMBERED_REFUSAL", engine, ForgottenRefusal::new));
      all.add(new Omission(prefix + "NO_DECISION_ON_OLD_REQUESTS", engine, AgelessRequests::new));
    }
    all.add(new Omission("PROOF_OF_ABSENCE", Engine.PRIMARY_BACKUP, NoProof::new));
    return all;
  }

  private static PurchaseRequest renamed(PurchaseRequest purchase, String key) {
    return new PurchaseRequest(key, purchase.name(), purchase.quantity());
  }

  private static Holds original(Holds renamed) {
    return new Holds(
        renamed.holds().stream()
            .map(hold -> renamed(hold, original(hold.key())))
            .toList(),
        renamed.clockMs());
  }

  private static String original(String key) {
    int mark = key.indexOf(MARK);
    return mark < 0 ? key : key.substring(0, mark);
  }

  /** Every entry makes an order of its own. */
  private static final class NoDedup extends Wiring {
    @Override
    public Entry applied(Entry entry) {
      PurchaseRequest purchase = entry.purchase();
      return purchase == null
          ? entry
          : Entry.of(
              entry.index(),
              entry.epoch(),
              renamed(purchase, purchase.key() + MARK + entry.index()));
    }
  }

  /** A reserve call for a key whose stock is held takes stock again; refusals are remembered. */
  private static final class ReserveTwice extends Wiring {
    private final Map<String, Integer> heldTimes = new HashMap<>();

    @Override
    public List<PurchaseRequest> reserving(List<PurchaseRequest> asked) {
      return asked.stream()
          .map(purchase ->
              renamed(purchase, named(purchase.key(), heldTimes.getOrDefault(purchase.key(), 0))))
          .toList();
    }

    private static String named(String key, int time) {
      return time == 0 ? key : key + MARK + time;
    }

    @Override
    public Object answered(List<PurchaseRequest> asked, Object answer) {
      if (answer instanceof ReserveOutcomes reserved) {
        for (int i = 0; i < asked.size(); i++) {
          if (reserved.outcomes().get(i) == ReserveOutcome.HELD) {
            heldTimes.merge(asked.get(i).key(), 1, Integer::sum);
          }
        }
        return answer;
      }
      return original((Holds) answer);
    }

    @Override
    public List<String> settling(List<String> keys) {
      return keys.stream()
          .flatMap(key -> IntStream.rangeClosed(0, heldTimes.getOrDefault(key, 0))
              .mapToObj(time -> named(key, time)))
          .toList();
    }
  }

  /**
   * A leader learns of the holds that it finds at its take-over only. The other way round, nothing
   * breaks: the sweep finds these holds too, only later.
   */
  private static final class NoSweep extends Wiring {
    @Override
    public List<PurchaseRequest> toldHolds(CatalogCall call, List<PurchaseRequest> holds) {
      return call instanceof CatalogCall.Holds ? List.of() : holds;
    }
  }

  /** The copy of a request that was refused, and is forgotten, is a new request. */
  private static final class AgelessRequests extends Wiring {
    @Override
    public List<Long> seenAtCatalog(List<Long> seenMs) {
      return seenMs.stream().map(any -> Long.MAX_VALUE).toList();
    }
  }

  /** Whoever was refused may be lucky the next time. */
  private static final class ForgottenRefusal extends Wiring {
    private final Map<String, Integer> refusals = new HashMap<>();

    private String current(String key) {
      Integer times = refusals.get(key);
      return times == null ? key : key + MARK + times;
    }

    @Override
    public List<PurchaseRequest> reserving(List<PurchaseRequest> asked) {
      return asked.stream()
          .map(purchase -> renamed(purchase, current(purchase.key())))
          .toList();
    }

    @Override
    public Object answered(List<PurchaseRequest> asked, Object answer) {
      if (answer instanceof ReserveOutcomes reserved) {
        for (int i = 0; i < asked.size(); i++) {
          if (reserved.outcomes().get(i) == ReserveOutcome.OUT_OF_STOCK) {
            refusals.merge(asked.get(i).key(), 1, Integer::sum);
          }
        }
        return answer;
      }
      return original((Holds) answer);
    }

    @Override
    public List<String> settling(List<String> keys) {
      return keys.stream().map(this::current).toList();
    }

    @Override
    public String keyOf(String ledgerKey) {
      return original(ledgerKey);
    }
  }

  /** For Raft see {@link RaftRulesTest}. */
  static final class NoProof extends Wiring {
    @Override
    public boolean provesAbsence() {
      return false;
    }
  }
}
