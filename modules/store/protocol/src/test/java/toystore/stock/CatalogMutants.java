package toystore.stock;

import java.util.List;
import toystore.mutation.Mutant;

/** The rules that keep cached copies fresh, each left out of its source. */
public final class CatalogMutants {
  private static final String STALE = "is read, though version";
  private static final String CORE = "CatalogCore";
  private static final String CACHE = "ProductCache";
  private static final String TOY = "stock/ToyStock";

  private CatalogMutants() {}

  /** What chance meets in a whole simulated store too. */
  public static List<Mutant> all() {
    return List.of(
        stale("LEASE_CHECK").replace(CACHE, "value == null || !leased(nowNanos)", "value == null"),
        stale("WAIT_FOR_ACKNOWLEDGEMENTS").replace(TOY, "!copies.isEmpty()", "false"),
        // Ticket and version: one of them alone is missed very rarely.
        stale("LATE_FILL_REFUSED")
            .replace(
                CACHE,
                "ticket.invalidations() == toy.invalidations && version >= toy.version",
                "true"),
        stale("VISIBLE_ONCE_ACKNOWLEDGED")
            .replace(
                TOY,
                "priceCents, visibleStock, visibleVersion, cacheable",
                "priceCents, newestStock, newestVersion, cacheable"),
        stale("NO_COPIES_DURING_A_CHANGE")
            .replace("StockRoom", "toy.view(cacheable)", "toy.view(session != null)"),
        stale("GRACE_AFTER_A_RESTART").replace(CORE, "disk.number(Meta.LEASE_MS)", "0"),
        stale("SESSION_IDS_SURVIVE").replace(CORE, "disk.number(Meta.LAST_SESSION)", "0"),
        stale("REFUSAL_BEHIND_CHANGES")
            .replace(TOY, "pending.add(refusal)", "pending.addFirst(refusal)"),
        stale("HOLDS_BEHIND_CHANGES")
            .replace(CORE, "old.keySet().forEach(row -> waits.untilKnown(row, reply));", ""),
        stale("EMPTY_CACHE_IN_A_NEW_SESSION")
            .replace(CACHE, "entries.clear(); known.clear();", ""));
  }

  /** What needs clocks that drift more than those of a whole store. */
  static Mutant marginForDrift() {
    return stale("MARGIN_FOR_DRIFT").replace("CatalogOptions", "leaseMs + marginMs", "leaseMs");
  }

  private static Mutant stale(String name) {
    return Mutant.of(name, STALE);
  }
}
