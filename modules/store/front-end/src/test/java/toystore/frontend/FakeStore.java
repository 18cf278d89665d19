package toystore.frontend;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import toystore.edge.Address;
import toystore.edge.PlannedAbsence;
import toystore.edge.ServiceClient;
import toystore.edge.Token;

/** A real front-end on a free port, among fakes; and a blocking client for it. */
final class FakeStore implements AutoCloseable {
  static final String TOKEN = "a-token-for-tests-only";
  /** Nothing takes so long but what never comes, however busy the machine is. */
  static final Duration TIMEOUT = Duration.ofMinutes(2);

  private static final long POLL_NANOS = 2_000_000;

  /** Every call that any test makes is held against it. */
  private static final Contract CONTRACT = Contract.load();

  final FakeCatalog catalog;
  final FakeReplicas replicas;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(TIMEOUT)
      .build();
  private final FrontEndVerticle verticle = new FrontEndVerticle();
  private final String deployment;

  FakeStore(Path folder) {
    this(folder, json -> {});
  }

  FakeStore(Path folder, Consumer<JsonObject> configure) {
    this(folder, configure, replicas -> {});
  }

  /** @param arrange what the replicas are to be when the front-end starts */
  FakeStore(Path folder, Consumer<JsonObject> configure, Consumer<FakeReplicas> arrange) {
    this(folder, configure, arrange, FakeCatalog.SHORT_LEASE_MS);
  }

  /**
   * @param arrange what the replicas are to be when the front-end starts
   * @param leaseMs how long its cache may go on without the catalog
   */
  FakeStore(
      Path folder, Consumer<JsonObject> configure, Consumer<FakeReplicas> arrange, long leaseMs) {
    Token token = Token.of(TOKEN);
    catalog = new FakeCatalog(vertx, token, leaseMs);
    replicas = new FakeReplicas(vertx, token);
    await(catalog.start());
    await(replicas.start());
    JsonObject json = configuration(folder, catalog.port());
    for (int id = 1; id <= 3; id++) {
      json.getJsonArray("replicas")
          .add(new JsonObject().put("id", id).put("address", "127.0.0.1:" + replicas.port(id)));
    }
    configure.accept(json);
    arrange.accept(replicas);
    deployment = await(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(json)));
  }

  /** A configuration without replicas, and the token file that it names. */
  static JsonObject configuration(Path folder, int catalogPort) {
    Path tokenFile = folder.resolve("token");
    try {
      Files.writeString(tokenFile, TOKEN);
      Files.setPosixFilePermissions(tokenFile, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new JsonObject()
        .put("id", 1)
        .put("host", "127.0.0.1")
        .put("port", 0)
        .put("internalHost", "127.0.0.1")
        .put("internalPort", 0)
        .put("tokenFile", tokenFile.toString())
        .put("catalog", "127.0.0.1:" + catalogPort)
        .put("replicas", new JsonArray());
  }

  int port() {
    return verticle.publicPort();
  }

  Future<Void> undeploy() {
    return vertx.undeploy(deployment);
  }

  /** As an operator announces that the catalog is away on purpose. */
  Future<?> announceCatalogAbsence(int withinMs) {
    return new ServiceClient(
            vertx,
            new Address("127.0.0.1", verticle.internalPort()),
            Token.of(TOKEN),
            Optional.empty(),
            1)
        .post(
            "/catalog-absence",
            new PlannedAbsence.Announcement(withinMs),
            PlannedAbsence.Noted.class,
            TIMEOUT);
  }

  /** The line of the metrics that begins so; empty where there is none. */
  String metric(String start) {
    return metrics().lines().filter(line -> line.startsWith(start)).findFirst().orElse("");
  }

  String metrics() {
    return send(HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + verticle.internalPort() + "/metrics"))
            .GET())
        .body();
  }

  /** Waits until purchases are taken. */
  void awaitServing() {
    awaitThat(() -> get("/status").body().contains("\"serving\":true"));
    awaitThat(() -> get("/status").body().contains("\"catalog\":\"live\""));
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> buy(String key, String body) {
    HttpRequest.Builder request =
        request("/orders").POST(HttpRequest.BodyPublishers.ofString(body));
    return send(key == null ? request : request.header("Idempotency-Key", key));
  }

  CompletableFuture<HttpResponse<String>> buyLater(String key, String body) {
    return sendLater(request("/orders")
        .header("Idempotency-Key", key)
        .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return sendLater(request(path).GET());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .timeout(TIMEOUT);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return await(sendLater(request));
  }

  private CompletableFuture<HttpResponse<String>> sendLater(HttpRequest.Builder request) {
    HttpRequest built = request.build();
    return client.sendAsync(built, HttpResponse.BodyHandlers.ofString()).thenApply(response -> {
      if (built.uri().getPort() == port()) {
        CONTRACT.check(PublicCall.of(built, response));
      }
      return response;
    });
  }

  static void awaitThat(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not become true in " + TIMEOUT);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  static <T> T await(Future<T> future) {
    return await(future.toCompletionStage().toCompletableFuture());
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** A front-end that leaves waits a second for a last answer on each connection: it is asked. */
  @Override
  public void close() {
    CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
    awaitThat(() -> {
      await(CompletableFuture.anyOf(closed, lastAnswer()));
      return closed.isDone();
    });
    await(closed);
  }

  private CompletableFuture<?> lastAnswer() {
    return client
        .sendAsync(request("/status").GET().build(), HttpResponse.BodyHandlers.discarding())
        .exceptionally(gone -> null);
  }
}
