package toystore.order;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import toystore.disk.Patience;
import toystore.edge.Address;
import toystore.edge.ServiceClient;
import toystore.edge.Token;
import toystore.model.Epochs;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.purchase.OrderMessages;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.QueryOutcome;

/** Three replicas of any engine and a catalog on free ports, and a client that appoints leaders. */
public class TestStore implements AutoCloseable {
  private static final String SECRET = "a-token-for-tests-only";
  static final Token TOKEN = Token.of(SECRET);

  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  protected final Vertx vertx = Vertx.vertx();
  final FakeCatalog catalog = new FakeCatalog();
  private final Path folder;
  private final int catalogPort;
  private final Map<Integer, Integer> ports = new HashMap<>();
  private final Map<Integer, String> deployments = new TreeMap<>();
  private final Map<Integer, ServiceClient> clients = new HashMap<>();
  private final Supplier<? extends OrderVerticle> replicas;
  private final JsonObject more = new JsonObject();
  private long lastEpoch;

  TestStore(Path folder) throws IOException {
    this(folder, OrderVerticle::new);
  }

  /** Nothing but the catalog runs yet. */
  public TestStore(Path folder, Supplier<? extends OrderVerticle> replicas) throws IOException {
    this.folder = folder;
    this.replicas = replicas;
    Path token = folder.resolve("token");
    Files.writeString(token, SECRET);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    List<Integer> free = freePorts(4);
    catalogPort = free.get(0);
    for (int id = 1; id <= 3; id++) {
      ports.put(id, free.get(id));
      clients.put(
          id,
          new ServiceClient(
              vertx, new Address("127.0.0.1", free.get(id)), TOKEN, Optional.empty(), 8));
    }
    await(catalog.listen(vertx, TOKEN, catalogPort));
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < count; i++) {
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
  public TestStore with(String key, Object value) {
    more.put(key, value);
    return this;
  }

  public final Path folder(int id) {
    return folder.resolve("order-" + id);
  }

  /** Of one replica, which may run elsewhere. */
  public final JsonObject config(int id) {
    JsonArray peers = new JsonArray();
    ports.forEach((peer, port) -> {
      if (peer != id) {
        peers.add(new JsonObject().put("id", peer).put("address", "127.0.0.1:" + port));
      }
    });
    return new JsonObject()
        .put("id", id)
        .put("host", "127.0.0.1")
        .put("port", ports.get(id))
        .put("data", folder(id).toString())
        .put("tokenFile", folder.resolve("token").toString())
        .put("catalog", "127.0.0.1:" + catalogPort)
        .put("peers", peers)
        .mergeIn(more);
  }

  int catalogPort() {
    return catalogPort;
  }

  Path database(int id) {
    return folder(id).resolve(PrimaryBackupEngine.FILE);
  }

  public final void start(int... ids) {
    for (int id : ids) {
      deployments.put(id, await(deploy(config(id))));
    }
  }

  Future<String> deploy(JsonObject config) {
    return vertx.deployVerticle(replicas.get(), new DeploymentOptions().setConfig(config));
  }

  public final void stop(int... ids) {
    for (int id : ids) {
      await(vertx.undeploy(deployments.remove(id)));
    }
  }

  /** The replicas that were started here and not stopped. */
  public final Set<Integer> running() {
    return deployments.keySet();
  }

  /** Names a leader to all that run, and waits until it is ready. */
  void lead(int leader) {
    lastEpoch = Epochs.next(lastEpoch, 1);
    for (int id : deployments.keySet()) {
      until(() -> health(id), ReplicaHealth::eligible);
      await(appoint(id, lastEpoch, leader));
    }
    until(() -> health(leader), ReplicaHealth::ready);
  }

  Future<OrderMessages.Appointed> appoint(int id, long epoch, int leader) {
    OrderMessages.Appointment body = new OrderMessages.Appointment(epoch, leader);
    return clients.get(id).post("/appoint", body, OrderMessages.Appointed.class, CALL_TIMEOUT);
  }

  public final Future<ReplicaHealth> health(int id) {
    return clients.get(id).get("/health", ReplicaHealth.class, CALL_TIMEOUT);
  }

  public final Future<OrderMessages.Summary> summary(int id) {
    return clients.get(id).get("/summary", OrderMessages.Summary.class, CALL_TIMEOUT);
  }

  public final Future<List<BuyOutcome>> buy(int id, PurchaseRequest... requests) {
    return clients
        .get(id)
        .post(
            "/buy",
            new OrderMessages.Buy(List.of(requests), Collections.nCopies(requests.length, 0L)),
            OrderMessages.BuyOutcomes.class,
            CALL_TIMEOUT)
        .map(OrderMessages.BuyOutcomes::outcomes);
  }

  public final Future<List<QueryOutcome>> query(int id, Long... numbers) {
    return queryAll(id, numbers).map(OrderMessages.QueryOutcomes::outcomes);
  }

  Future<OrderMessages.QueryOutcomes> queryAll(int id, Long... numbers) {
    return clients
        .get(id)
        .post(
            "/query",
            new OrderMessages.OrderQuery(List.of(numbers)),
            OrderMessages.QueryOutcomes.class,
            CALL_TIMEOUT);
  }

  ServiceClient stranger(int id) {
    return new ServiceClient(
        vertx,
        new Address("127.0.0.1", ports.get(id)),
        Token.of("not-the-token-of-this-store"),
        Optional.empty(),
        1);
  }

  /** Asks again and again until the answer is as wished. */
  public final <T> T until(Supplier<Future<T>> question, Predicate<T> wish) {
    return await(ask(question, wish));
  }

  private <T> Future<T> ask(Supplier<Future<T>> question, Predicate<T> wish) {
    return question
        .get()
        .compose(answer -> wish.test(answer)
            ? Future.succeededFuture(answer)
            : vertx.timer(20, TimeUnit.MILLISECONDS).compose(fired -> ask(question, wish)));
  }

  public static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(Patience.SECONDS, TimeUnit.SECONDS)
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
