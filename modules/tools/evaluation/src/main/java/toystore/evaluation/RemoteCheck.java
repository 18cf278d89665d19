package toystore.evaluation;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import toystore.api.Answer;
import toystore.api.LeaderName;
import toystore.api.StoreAddress;
import toystore.api.StoreClient;
import toystore.api.ToyAvailability;
import toystore.operations.OperationFailed;

/** Finds out before anything is measured that stores elsewhere are what they are said to be. */
final class RemoteCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);

  /** Of the same toy, one after the other: another client may buy it meanwhile, but not always. */
  private static final int QUERIES = 10;

  private final Vertx vertx;

  RemoteCheck(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Checks the store that caches, and the one that does not if there is one.
   *
   * @return what the user should know, although it can be measured; empty for nothing
   * @throws OperationFailed saying what is wrong
   */
  String check(StoreAddress cached, Optional<StoreAddress> uncached) {
    if (uncached.filter(other -> other.address().equals(cached.address())).isPresent()) {
      throw new OperationFailed("--url and --nocache-url are the same store");
    }
    List<ToyAvailability> toys = require(cached, true, "--url");
    uncached.ifPresent(other -> {
      List<String> others = names(require(other, false, "--nocache-url"));
      if (!others.equals(names(toys))) {
        throw new OperationFailed("the two stores do not have the same toys: "
            + String.join(", ", names(toys)) + " and " + String.join(", ", others));
      }
    });
    long least = toys.stream().mapToLong(ToyAvailability::units).min().orElse(0);
    return least < EvaluationPlan.FEW_UNITS
        ? "There are toys of which the store has only " + least + " units: many purchases will be"
            + " refused (409). A store for load tests is started with --stock "
            + EvaluationPlan.STOCK + "."
        : "";
  }

  /** Who leads, for the crash experiment; fails if the store does not say. */
  static LeaderName leader(StoreClient client, StoreAddress store) {
    Answer<LeaderName> leader = client.leader().await();
    if (!leader.isOk() || leader.value().replica().equals(LeaderName.NONE)) {
      throw new OperationFailed(
          store.url() + "/status names no leader, so none can be crashed: " + leader.detail());
    }
    return leader.value();
  }

  private List<ToyAvailability> require(StoreAddress store, boolean cache, String option) {
    StoreClient client = new StoreClient(vertx, store, 1, TIMEOUT);
    try {
      Answer<List<ToyAvailability>> toys = client.products().await();
      if (!toys.isOk()) {
        throw new OperationFailed(option + ": no toys from " + store.url() + ": " + toys.detail());
      }
      if (toys.value().isEmpty()) {
        throw new OperationFailed(option + ": " + store.url() + " has no toys");
      }
      requireCache(client, toys.value().get(0).name(), cache, option);
      return toys.value();
    } finally {
      client.close();
    }
  }

  private static void requireCache(StoreClient client, String toy, boolean cache, String option) {
    for (int i = 0; i < QUERIES; i++) {
      Answer<ToyAvailability> answer = client.product(toy).await();
      if (!answer.isOk()) {
        throw new OperationFailed(option + ": no answer about " + toy + ": " + answer.detail());
      }
      ToyAvailability.Source source = answer.value().source();
      if (source == ToyAvailability.Source.UNKNOWN
          || cache && source == ToyAvailability.Source.CACHE) {
        return;
      }
      if (!cache && source == ToyAvailability.Source.CACHE) {
        throw new OperationFailed(option + ": this store does cache");
      }
    }
    if (cache) {
      throw new OperationFailed(option + ": this store does not cache: asked " + QUERIES
          + " times for " + toy + ", it went to the catalog each time");
    }
  }

  private static List<String> names(List<ToyAvailability> toys) {
    return toys.stream().map(ToyAvailability::name).toList();
  }
}
