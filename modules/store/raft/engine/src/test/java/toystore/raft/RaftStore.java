package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.order.TestStore;
import toystore.order.log.LogReading;
import toystore.order.log.SegmentedLog;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.QueryOutcome;
import toystore.replication.Entry;

/** Three Raft replicas on free ports, which elect their leader, and a catalog. */
final class RaftStore extends TestStore {
  RaftStore(Path folder) throws IOException {
    this(folder, RaftEngine::new);
  }

  RaftStore(Path folder, Supplier<RaftEngine> engines) throws IOException {
    super(folder, () -> new RaftOrderVerticle(engines.get()));
  }

  @Override
  public RaftStore with(String key, Object value) {
    super.with(key, value);
    return this;
  }

  /** Waits until one of those that run is ready to sell. */
  int leader() {
    return await(findLeader());
  }

  private Future<Integer> findLeader() {
    List<Future<ReplicaHealth>> asked = running().stream().map(this::health).toList();
    return Future.all(asked).compose(all -> asked.stream()
        .map(Future::result)
        .filter(ReplicaHealth::ready)
        .findFirst()
        .map(health -> Future.succeededFuture(health.id()))
        .orElseGet(() -> vertx.timer(20, TimeUnit.MILLISECONDS).compose(fired -> findLeader())));
  }

  List<BuyOutcome> bought(int id, PurchaseRequest... requests) {
    return await(buy(id, requests));
  }

  List<QueryOutcome> found(int id, Long... numbers) {
    return await(query(id, numbers));
  }

  /** The log of a replica that is down. */
  List<Entry> log(int id) {
    LogReading log = readLog(id);
    assertNull(log.damage());
    List<Entry> entries = new ArrayList<>();
    log.forEach(1, entries::add);
    return entries;
  }

  LogReading readLog(int id) {
    try {
      return LogReading.of(folder(id).resolve(SegmentedLog.FOLDER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks a replica of another process, which may be starting or ending. */
  <T> Future<T> onceUp(Supplier<Future<T>> question) {
    return question
        .get()
        .recover(down -> vertx.timer(20, TimeUnit.MILLISECONDS).compose(fired -> onceUp(question)));
  }
}
