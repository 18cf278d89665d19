package toystore.stock;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.PurchaseRequest;
import toystore.model.ReserveOutcome;
import toystore.stock.CatalogMessages.ToyState;
import toystore.virtualtime.Violation;

/** What a simulated world was told, and the checks that it is told nothing else later. */
final class Promises {
  private final Map<String, Long> lastTold = new HashMap<>();
  private final Map<String, Long> versionOfKey = new HashMap<>();
  private final Map<String, ReserveOutcome> outcomes = new HashMap<>();
  private final Map<String, Long> stockAt = new HashMap<>();
  private long fence;

  /** The newest version of this toy that anybody was told of. */
  long lastTold(String toy) {
    return lastTold.getOrDefault(toy, 0L);
  }

  /** To be called after each step. */
  void changed(CatalogCore core) {
    for (ToyRow row : core.toys.scarcest(Integer.MAX_VALUE)) {
      stockAt.put(row.name() + row.version(), row.stock());
    }
  }

  /** To be called after each step that decided on keys. What a crash has lost is decided anew. */
  void decided(CatalogCore core, CatalogWrite write) {
    for (LedgerRow row : write.ledger()) {
      versionOfKey.put(row.key(), newest(core, row.toy()).version());
    }
    for (Refusal refusal : write.refused()) {
      versionOfKey.put(refusal.key(), newest(core, refusal.toy()).version());
    }
  }

  void told(PurchaseRequest request, ReserveOutcome outcome) {
    ReserveOutcome before = outcomes.putIfAbsent(request.key(), outcome);
    if (before != null && before != outcome) {
      throw new Violation(request.key() + " was " + before + ", is " + outcome);
    }
    known(request.key(), request.name());
  }

  void toldHolds(List<PurchaseRequest> holds) {
    holds.forEach(hold -> known(hold.key(), hold.name()));
  }

  /** Somebody knows the decision on this key, and so the version it was made at. */
  void known(String key, String toy) {
    // Nothing is decided on what there never is: that follows from no version.
    lastTold.merge(toy, versionOfKey.getOrDefault(key, 0L), Math::max);
  }

  /** The highest fence that was answered. */
  long fence() {
    return fence;
  }

  void fenced(long epoch) {
    fence = Math.max(fence, epoch);
  }

  void read(ToyState state, long atLeast) {
    if (state.version() < atLeast) {
      throw new Violation(state + " is read, though version " + atLeast + " was told");
    }
    if (stockAt.get(state.name() + state.version()) != state.quantity()) {
      throw new Violation(state + " never was");
    }
    lastTold.merge(state.name(), state.version(), Math::max);
  }

  static ToyRow newest(CatalogCore core, String toy) {
    return core.toys.scarcest(Integer.MAX_VALUE).stream()
        .filter(row -> row.name().equals(toy))
        .findFirst()
        .orElseThrow();
  }
}
