package toystore.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import toystore.api.Answer;
import toystore.api.LeaderName;
import toystore.api.StoreClient;

/**
 * Asks the store who leads, four times a second, and notes the changes. A store that does not know
 * the question is asked once. Owned by one event loop.
 */
final class LeaderObserver {
  private static final long PERIOD_MS = 250;

  private final Vertx vertx;
  private final StoreClient store;
  private final List<Sighting> sightings = new ArrayList<>();
  private long timer;
  private boolean asking;

  LeaderObserver(Vertx vertx, StoreClient store) {
    this.vertx = vertx;
    this.store = store;
  }

  Future<Void> start() {
    return store.leader().map(answer -> {
      if (answer.isOk()) {
        note(answer);
      }
      if (answer.isOk() || answer.outcome().isSilence()) {
        timer = vertx.setPeriodic(PERIOD_MS, tick -> ask());
      }
      return null;
    });
  }

  void stop() {
    vertx.cancelTimer(timer);
  }

  /**
   * @param originNs when the load began
   */
  List<LeaderChange> changes(long originNs) {
    return sightings.stream().map(sighting -> sighting.since(originNs)).toList();
  }

  private void ask() {
    if (!asking) {
      asking = true;
      store.leader().onComplete(answer -> {
        asking = false;
        if (answer.succeeded() && answer.result().isOk()) {
          note(answer.result());
        }
      });
    }
  }

  private void note(Answer<LeaderName> answer) {
    LeaderName seen = answer.value();
    if (sightings.isEmpty() || !sightings.get(sightings.size() - 1).isOf(seen)) {
      sightings.add(new Sighting(System.nanoTime(), seen));
    }
  }

  private record Sighting(long atNs, LeaderName seen) {
    boolean isOf(LeaderName other) {
      return seen.service().equals(other.service()) && seen.epoch().equals(other.epoch());
    }

    LeaderChange since(long originNs) {
      double seconds = (double) (atNs - originNs) / TimeUnit.SECONDS.toNanos(1);
      return new LeaderChange(seconds, seen.replica(), seen.service(), seen.epoch());
    }
  }
}
