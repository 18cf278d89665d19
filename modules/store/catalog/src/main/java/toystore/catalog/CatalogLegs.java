package toystore.catalog;

import io.vertx.core.Future;
import java.util.function.Function;
import toystore.edge.FrontEndClient;
import toystore.edge.InvalidationPublisher;
import toystore.edge.InvalidationPublisher.FrontEndLink;
import toystore.edge.Leg;
import toystore.edge.LegTimes;
import toystore.edge.Metrics;
import toystore.stock.CatalogMessages.Reserve;
import toystore.stock.CatalogWrite;

/** How long the catalog needs for its legs of a purchase. Any thread may add. */
final class CatalogLegs {
  private final LegTimes reserve;
  private final LegTimes commitWait;
  private final LegTimes commit;
  private final LegTimes invalidate;

  CatalogLegs(Metrics metrics) {
    reserve = metrics.leg(Leg.RESERVE);
    commitWait = metrics.leg(Leg.COMMIT_WAIT);
    commit = metrics.leg(Leg.COMMIT);
    invalidate = metrics.leg(Leg.INVALIDATE);
  }

  /** Answers the call, timed. */
  Future<Object> timed(Reserve call, Function<Reserve, Future<Object>> service) {
    long cameNanos = System.nanoTime();
    return service
        .apply(call)
        .onSuccess(done -> reserve.record(call.requests().size(), System.nanoTime() - cameNanos));
  }

  /** The disk, timed. */
  CatalogService.Disk timed(CatalogStore store) {
    return new CatalogService.Disk() {
      @Override
      public void write(CatalogWrite write, Runnable onDurable) {
        // What only notes sales is on no purchase's way.
        WriteClock clock = new WriteClock(write.ledger().size());
        store.write(write, clock::begun, () -> {
          clock.ended();
          onDurable.run();
        });
      }

      @Override
      public void seal(int below) {
        store.seal(below);
      }
    };
  }

  /** One write, from when it is handed over. Its turn and its end are the disk's thread's. */
  private final class WriteClock {
    private final int purchases;
    private final long handedOverNanos = System.nanoTime();
    private long beganNanos;

    WriteClock(int purchases) {
      this.purchases = purchases;
    }

    void begun() {
      beganNanos = System.nanoTime();
      commitWait.record(purchases, beganNanos - handedOverNanos);
    }

    void ended() {
      commit.record(purchases, System.nanoTime() - beganNanos);
    }
  }

  /** The ways to the front-ends, timed. */
  InvalidationPublisher.FrontEnds timed(Function<String, FrontEndClient> open) {
    return new InvalidationPublisher.FrontEnds() {
      @Override
      public FrontEndLink open(String address) {
        return open.apply(address);
      }

      @Override
      public void told(long nanos) {
        invalidate.record(nanos);
      }
    };
  }
}
