package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import toystore.model.StoreError;
import toystore.model.StoreException;
import toystore.stock.CatalogMessages;

@ExtendWith(VertxExtension.class)
class ServiceCallTest {
  private static final Token TOKEN = Token.of("0123456789abcdef");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Promise<CatalogMessages.Lease> never = Promise.promise();
  private final List<Long> renewed = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> vertxLog = new ListAppender<>();
  private InternalServer server;
  private Vertx vertx;
  private int port;

  @BeforeEach
  void listen(Vertx vertx) {
    this.vertx = vertx;
    server = new InternalServer(vertx, TOKEN, Optional.empty())
        .observe(
            JsonObject::new, () -> false, () -> Map.of("role", "test"), Metrics.ofService("test"))
        .post("/renew", CatalogMessages.Renew.class, this::renew);
    port = server.listen("127.0.0.1", 0).await();
  }

  @AfterEach
  void stop() {
    server.shutdown().await();
    ((Logger) LoggerFactory.getLogger("io.vertx")).detachAppender(vertxLog);
  }

  @Test
  void aRecordIsAnsweredWithARecord() {
    assertEquals(
        new CatalogMessages.Lease(7, 1_000), renew(client(TOKEN), 7, LIMIT).await());
  }

  @Test
  void aRefusalArrivesAsTheErrorItWas() {
    StoreException refusal = failure(renew(client(TOKEN), 2, LIMIT));

    assertEquals(StoreError.SESSION_EXPIRED, refusal.error());
    assertFalse(refusal instanceof CallFailure);
  }

  @Test
  void aBugAnswersWithoutItsInside() {
    assertTrue(failure(renew(client(TOKEN), 3, LIMIT)).getMessage().endsWith("internal error"));
  }

  @Test
  void whatIsNoRecordIsRefusedAndReachesNobody() {
    for (String body : List.of(
        "",
        " ",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"session\":null}",
        "{\"session\":\"7\"}",
        "{\"session\":7.5}",
        "{\"session\":9223372036854775808}",
        "{\"session\":-1}",
        "{\"session\":7,\"session\":7}",
        "{\"session\":7} x")) {
      assertEquals(StoreError.BAD_REQUEST, failure(send(Buffer.buffer(body))).error(), body);
    }
    assertEquals(List.of(), renewed);
  }

  @Test
  void aBodyBeyondTheLimitIsRefused() {
    Buffer huge = Buffer.buffer(new byte[(32 << 20) + 1]);

    assertTrue(failure(send(huge)).getMessage().contains("413"));
  }

  @Test
  void withoutTheTokenNothingIsDone() {
    Token wrong = Token.of("fedcba9876543210");

    assertTrue(failure(renew(client(wrong), 7, LIMIT)).getMessage().contains("401"));
  }

  @Test
  void aCallerOfAnotherTimeIsToldSo() {
    String said = vertx
        .createHttpClient()
        .request(HttpMethod.GET, port, "127.0.0.1", "/state")
        .compose(request -> request
            .putHeader(Token.HEADER, "0123456789abcdef")
            .putHeader(WireVersion.HEADER, "9;9")
            .send())
        .compose(response -> response.body().map(body -> response.statusCode() + " " + body))
        .await();

    assertTrue(said.startsWith("505 "), said);
    assertTrue(said.contains("the caller speaks version 9"), said);
  }

  @Test
  void healthReadinessAndMetricsAreOpen() {
    assertEquals(200, status("/health"));
    assertEquals(503, status("/ready"));
    assertEquals(200, status("/metrics"));
    assertEquals(401, status("/state"));
  }

  @Test
  void theStateSaysWhichProcessAnswersAndWhatItHolds() {
    server.holding(Path.of("data", "test"));

    JsonObject state = vertx
        .createHttpClient()
        .request(HttpMethod.GET, port, "127.0.0.1", "/state")
        .compose(request -> request.putHeader(Token.HEADER, "0123456789abcdef").send())
        .compose(HttpClientResponse::body)
        .map(Buffer::toJsonObject)
        .await();

    JsonObject process = state.getJsonObject("process");
    assertEquals("test", state.getString("role"));
    assertEquals(ProcessHandle.current().pid(), process.getLong("pid"));
    assertEquals(Path.of("data", "test").toAbsolutePath().toString(), process.getString("data"));
    assertFalse(process.getString("start").isEmpty());
  }

  @Test
  void silenceEndsWithTheTimeout() {
    CallFailure failure = (CallFailure) failure(renew(client(TOKEN), 99, Duration.ofMillis(50)));

    assertEquals(CallFailure.FailureCause.SILENT, failure.kind());
  }

  @Test
  void aPortWithoutListenerRefuses() {
    ServiceClient client = client(TOKEN);
    server.shutdown().await();

    assertEquals(
        CallFailure.FailureCause.REFUSED, ((CallFailure) failure(renew(client, 7, LIMIT))).kind());
  }

  @Test
  void aConnectionThatBreaksLeavesTheOutcomeUnknown() {
    NetServer rude = vertx.createNetServer().connectHandler(s -> s.handler(bytes -> s.close()));
    int rudePort = rude.listen(0, "127.0.0.1").await().actualPort();
    ServiceClient client =
        new ServiceClient(vertx, new Address("127.0.0.1", rudePort), TOKEN, Optional.empty(), 1);

    assertEquals(
        CallFailure.FailureCause.BROKEN, ((CallFailure) failure(renew(client, 7, LIMIT))).kind());
  }

  @Test
  void aPeerThatIsKilledLeavesNoStackInTheLog() {
    ListAppender<ILoggingEvent> log = watchLog();
    NetServer killed = vertx
        .createNetServer(new NetServerOptions().setSoLinger(0)) // Its end is a reset.
        .connectHandler(s -> s.handler(bytes -> s.close()));
    int killedPort = killed.listen(0, "127.0.0.1").await().actualPort();
    ServiceClient client =
        new ServiceClient(vertx, new Address("127.0.0.1", killedPort), TOKEN, Optional.empty(), 1);

    assertEquals(
        CallFailure.FailureCause.BROKEN, ((CallFailure) failure(renew(client, 7, LIMIT))).kind());

    assertEquals(List.of(), log.list);
  }

  @Test
  void aClosedClientRefuses() {
    ServiceClient client = client(TOKEN);
    client.close();

    assertEquals(
        CallFailure.FailureCause.REFUSED, ((CallFailure) failure(renew(client, 7, LIMIT))).kind());
  }

  @Test
  void aCallThatWaitedTooLongForAConnectionIsNotSent() {
    ServiceClient client =
        new ServiceClient(vertx, new Address("127.0.0.1", port), TOKEN, Optional.empty(), 1);
    ListAppender<ILoggingEvent> log = watchLog();
    Future<CatalogMessages.Lease> first = renew(client, 99, LIMIT);
    Future<CatalogMessages.Lease> second = renew(client, 5, Duration.ofMillis(50));

    assertEquals(CallFailure.FailureCause.SILENT, ((CallFailure) failure(second)).kind());
    never.complete(new CatalogMessages.Lease(99, 1_000));

    first.await();
    assertEquals(7, renew(client, 7, LIMIT).await().session());
    assertEquals(List.of(99L, 7L), renewed);
    assertEquals(List.of(), log.list);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    InternalServer second = new InternalServer(vertx, TOKEN, Optional.empty());

    StartException refusal = assertThrows(
        StartException.class, () -> second.listen("127.0.0.1", port).await());
    assertTrue(refusal.getMessage().contains("127.0.0.1:" + port), refusal.getMessage());
  }

  @Test
  void aTokenOthersMayReadIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");
    Settings settings = Settings.of(new JsonObject().put("tokenFile", file.toString()));

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThrows(ConfigurationException.class, () -> Token.read(settings, "tokenFile"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertTrue(Token.read(settings, "tokenFile").matches("0123456789abcdef"));
  }

  private Future<CatalogMessages.Lease> renew(CatalogMessages.Renew renew) {
    renewed.add(renew.session());
    if (renew.session() == 3) {
      throw new IllegalStateException("a secret of the inside");
    }
    if (renew.session() == 2) {
      throw new StoreException(StoreError.SESSION_EXPIRED, "session 2 is over");
    }
    return renew.session() == 99
        ? never.future()
        : Future.succeededFuture(new CatalogMessages.Lease(renew.session(), 1_000));
  }

  private ServiceClient client(Token token) {
    return new ServiceClient(vertx, new Address("127.0.0.1", port), token, Optional.empty(), 2);
  }

  private Future<Buffer> send(Buffer body) {
    return client(TOKEN).exchange(HttpMethod.POST, "/renew", body, LIMIT);
  }

  private static Future<CatalogMessages.Lease> renew(
      ServiceClient client, long session, Duration timeout) {
    return client.post(
        "/renew", new CatalogMessages.Renew(session), CatalogMessages.Lease.class, timeout);
  }

  private int status(String path) {
    HttpClient plain = vertx.createHttpClient();
    return plain
        .request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(request -> request.send())
        .map(response -> response.statusCode())
        .await();
  }

  /** What Vert.x complains of from here on. */
  private ListAppender<ILoggingEvent> watchLog() {
    vertxLog.start();
    ((Logger) LoggerFactory.getLogger("io.vertx")).addAppender(vertxLog);
    return vertxLog;
  }

  private static StoreException failure(Future<?> future) {
    return assertThrows(StoreException.class, () -> future.await());
  }
}
