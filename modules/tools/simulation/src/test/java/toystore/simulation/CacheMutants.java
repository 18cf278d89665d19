package toystore.simulation;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.cache.ProductCache;
import toystore.cache.ProductCache.Ticket;
import toystore.simulation.Mutants.Omission;
import toystore.stock.CatalogCore;
import toystore.stock.CatalogMessages.ToyState;
import toystore.stock.CatalogState;
import toystore.stock.Meta;
import toystore.stock.ToyRow;

/** What keeps cached copies fresh, left out. */
final class CacheMutants {
  private static final long NANOS_PER_MS = 1_000_000;

  private CacheMutants() {}

  static List<Omission> all() {
    return List.of(
        of("LEASE_CHECK", new Wiring() {
          @Override
          public long lookAt(long nowNanos) {
            return 0;
          }
        }),
        of("WAIT_FOR_ACKNOWLEDGEMENTS", new Wiring() {
          @Override
          public boolean waitsForAcknowledgements() {
            return false;
          }
        }),
        // Ticket and version: one of them alone is missed very rarely.
        of("LATE_FILL_REFUSED", new Wiring() {
          @Override
          public Ticket stored(ProductCache<ToyState> cache, Ticket ticket) {
            return cache.beginLoad(ticket.name());
          }

          @Override
          public long storedVersion(long version) {
            return Long.MAX_VALUE;
          }
        }),
        of("NO_JOINING_OF_A_FILL", new Wiring() {
          @Override
          public boolean waitsForTheNextFill() {
            return false;
          }
        }),
        of("VISIBLE_ONCE_ACKNOWLEDGED", new VisibleAtOnce()),
        of("NO_COPIES_DURING_A_CHANGE", new Wiring() {
          @Override
          public ToyState shown(CatalogCore core, ToyState state, long session) {
            return new ToyState(
                state.name(), state.priceCents(), state.quantity(), state.version(), session != 0);
          }
        }),
        of("GRACE_AFTER_A_RESTART", forgets(Meta.LEASE_MS)),
        of("SESSION_IDS_SURVIVE", forgets(Meta.LAST_SESSION)),
        of("LEASE_FROM_SENDING", new Wiring() {
          @Override
          public void granted(ProductCache<ToyState> cache, long leaseMs, long nowNanos) {
            cache.extendLease(nowNanos + leaseMs * NANOS_PER_MS * 95 / 100);
          }
        }),
        of("MARGIN_FOR_DRIFT", new Wiring() {
          @Override
          public int marginMs(int usual) {
            return 1;
          }
        }),
        of("REFUSAL_BEHIND_CHANGES", new Wiring() {
          @Override
          public boolean refusalsWaitForChanges() {
            return false;
          }
        }),
        new Omission("EMPTY_CACHE_IN_A_NEW_SESSION", Engine.PRIMARY_BACKUP, KeptOverSessions::new),
        of("DROP_BEFORE_ACKNOWLEDGING", new Wiring() {
          @Override
          public boolean dropsBeforeItAcknowledges() {
            return false;
          }
        }),
        of("EVERY_LOOP_IS_TOLD", new Wiring() {
          @Override
          public boolean everyLoopIsTold() {
            return false;
          }
        }));
  }

  private static Omission of(String name, Wiring wiring) {
    return new Omission(name, Engine.PRIMARY_BACKUP, () -> wiring);
  }

  private static Wiring forgets(Meta number) {
    return new Wiring() {
      @Override
      public CatalogState found(CatalogState state) {
        Map<Meta, Long> rest = new EnumMap<>(Meta.class);
        rest.putAll(state.meta());
        rest.remove(number);
        return new CatalogState(state.toys(), state.ledger(), state.refusals(), rest);
      }
    };
  }

  private static final class VisibleAtOnce extends Wiring {
    @Override
    public ToyState shown(CatalogCore core, ToyState state, long session) {
      ToyRow row = core.newest().stream()
          .filter(each -> each.name().equals(state.name()))
          .findFirst()
          .orElseThrow();
      return new ToyState(
          row.name(), row.priceCents(), row.stock(), row.version(), state.cacheable());
    }
  }

  private static final class KeptOverSessions extends Wiring {
    private final Map<ProductCache<ToyState>, Map<String, ToyState>> kept = new HashMap<>();

    @Override
    public void endsSession(ProductCache<ToyState> cache, Runnable end) {
      Map<String, ToyState> copies = new HashMap<>();
      for (String toy : List.of(CatalogProcess.TUX, CatalogProcess.FOX)) {
        ToyState copy = cache.find(toy, 0); // A time before all leases end.
        if (copy != null) {
          copies.put(toy, copy);
        }
      }
      kept.put(cache, copies);
      end.run();
    }

    @Override
    public void startsSession(ProductCache<ToyState> cache, Runnable start) {
      start.run();
      kept.getOrDefault(cache, Map.of())
          .forEach(
              (toy, copy) -> cache.finishLoad(cache.beginLoad(toy), copy.version(), true, copy));
    }
  }
}
