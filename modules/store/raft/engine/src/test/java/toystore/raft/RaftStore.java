package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import toystore.edge.Address;
import toystore.edge.InternalServer;
import toystore.edge.Metrics;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.edge.ServiceClient;
import toystore.edge.Token;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.ReserveOutcome;
import toystore.purchase.OrderMessages;
import toystore.raft.log.LogReading;
import toystore.raft.log.SegmentedLog;
import toystore.replication.Entry;
import toystore.stock.CatalogMessages;

/** Three Raft replicas on free ports, and a catalog that grants everything. */
final class RaftStore implements AutoCloseable {
  private static final String SECRET = "a-token-for-tests-only";
  private static final Token TOKEN = Token.of(SECRET);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final int PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final List<Integer> ports;
  private final Map<Integer, String> deployments = new TreeMap<>();
  private final List<ServiceClient> clients = new ArrayList<>();
  private final Supplier<RaftEngine> engines;
  private final JsonObject more = new JsonObject();

  RaftStore(Path folder) throws IOException {
    this(folder, RaftEngine::new);
  }

  RaftStore(Path folder, Supplier<RaftEngine> engines) throws IOException {
    this.engines = engines;
    this.folder = folder;
    Path token = folder.resolve("token");
    Files.writeString(token, SECRET);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    ports = freePorts(4);
    for (int port : ports) {
      clients.add(
          new ServiceClient(vertx, new Address("127.0.0.1", port), TOKEN, Optional.empty(), 8));
    }
    await(catalog().listen("127.0.0.1", ports.get(0)));
  }

  private InternalServer catalog() {
    CatalogMessages.Holds none = new CatalogMessages.Holds(List.of(), 1);
    return new InternalServer(vertx, TOKEN, Optional.empty())
        .observe(() -> Map.of(), () -> true, () -> Map.of(), Metrics.ofService("catalog"))
        .post(
            "/reserve",
            CatalogMessages.Reserve.class,
            reserve -> Future.succeededFuture(new CatalogMessages.ReserveOutcomes(
                Collections.nCopies(reserve.requests().size(), ReserveOutcome.HELD))))
        .post(
            "/settle",
            CatalogMessages.Settle.class,
            settle -> Future.succeededFuture(new CatalogMessages.Done()))
        .post(
            "/fence",
            CatalogMessages.Fence.class,
            fence ->
                Future.succeededFuture(new Fenced(true, fence.epoch(), 5, Mark.NONE, List.of())))
        .post(
            "/verify",
            CatalogMessages.Verify.class,
            verify -> Future.succeededFuture(
                new CatalogMessages.Verified(verify.orders().size())))
        .post("/holds", CatalogMessages.FindHolds.class, holds -> Future.succeededFuture(none));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (int place = 0; place < count; place++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      free.add(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return free;
  }

  /** Keys of the configuration, for all replicas that start from here on. */
  RaftStore with(String key, Object value) {
    more.put(key, value);
    return this;
  }

  Path folder(int id) {
    return folder.resolve("order-" + id);
  }

  /** Of one replica, which may run elsewhere. */
  JsonObject config(int id) {
    JsonArray peers = new JsonArray();
    for (int peer = 1; peer <= 3; peer++) {
      if (peer != id) {
        peers.add(new JsonObject().put("id", peer).put("address", "127.0.0.1:" + ports.get(peer)));
      }
    }
    return new JsonObject()
        .put("id", id)
        .put("host", "127.0.0.1")
        .put("port", ports.get(id))
        .put("data", folder(id).toString())
        .put("tokenFile", folder.resolve("token").toString())
        .put("catalog", "127.0.0.1:" + ports.get(0))
        .put("peers", peers)
        .mergeIn(more);
  }

  void start(int... ids) {
    for (int id : ids) {
      DeploymentOptions options = new DeploymentOptions().setConfig(config(id));
      deployments.put(
          id, await(vertx.deployVerticle(new RaftOrderVerticle(engines.get()), options)));
    }
  }

  void stop(int id) {
    await(vertx.undeploy(deployments.remove(id)));
  }

  /** Waits until one of those that run is ready to sell. */
  int leader() {
    return await(findLeader());
  }

  private Future<Integer> findLeader() {
    List<Future<ReplicaHealth>> asked =
        deployments.keySet().stream().map(this::health).toList();
    return Future.all(asked).compose(all -> asked.stream()
        .map(Future::result)
        .filter(ReplicaHealth::ready)
        .findFirst()
        .map(health -> Future.succeededFuture(health.id()))
        .orElseGet(() -> vertx.timer(20, TimeUnit.MILLISECONDS).compose(fired -> findLeader())));
  }

  Future<ReplicaHealth> health(int id) {
    return clients.get(id).get("/health", ReplicaHealth.class, CALL_TIMEOUT);
  }

  Future<OrderMessages.Summary> summary(int id) {
    return clients.get(id).get("/summary", OrderMessages.Summary.class, CALL_TIMEOUT);
  }

  List<BuyOutcome> buy(int id, PurchaseRequest... requests) {
    OrderMessages.Buy buy =
        new OrderMessages.Buy(List.of(requests), Collections.nCopies(requests.length, 0L));
    return await(clients
        .get(id)
        .post("/buy", buy, OrderMessages.BuyOutcomes.class, CALL_TIMEOUT)
        .map(OrderMessages.BuyOutcomes::outcomes));
  }

  List<OrderMessages.QueryOutcome> query(int id, Long... numbers) {
    OrderMessages.OrderQuery query = new OrderMessages.OrderQuery(List.of(numbers));
    return await(clients
        .get(id)
        .post("/query", query, OrderMessages.QueryOutcomes.class, CALL_TIMEOUT)
        .map(OrderMessages.QueryOutcomes::outcomes));
  }

  /** The log of a replica that is down. */
  List<Entry> log(int id) {
    LogReading log = readLog(id);
    assertNull(log.damage());
    return log.entries();
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

  /** Asks again and again until the answer is as wished. */
  <T> T until(Supplier<Future<T>> question, Predicate<T> wish) {
    return await(ask(question, wish));
  }

  private <T> Future<T> ask(Supplier<Future<T>> question, Predicate<T> wish) {
    return question
        .get()
        .compose(answer -> wish.test(answer)
            ? Future.succeededFuture(answer)
            : vertx.timer(20, TimeUnit.MILLISECONDS).compose(fired -> ask(question, wish)));
  }

  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
