package toystore.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import toystore.edge.Address;
import toystore.edge.ConfigurationException;
import toystore.edge.ServiceClient;
import toystore.edge.Settings;
import toystore.edge.Token;
import toystore.model.PurchaseRequest;
import toystore.model.ReplicaHealth;
import toystore.model.StoreError;
import toystore.purchase.OrderMessages.Buy;
import toystore.purchase.OrderMessages.BuyOutcome;
import toystore.purchase.OrderMessages.BuyOutcomes;
import toystore.purchase.OrderMessages.OrderQuery;
import toystore.purchase.OrderMessages.QueryOutcomes;
import toystore.stock.CatalogMessages.Hello;
import toystore.stock.CatalogMessages.Lease;
import toystore.stock.CatalogMessages.Read;
import toystore.stock.CatalogMessages.Toys;

/** A desk as other services call it. Skipped where no PostgreSQL is installed. */
class DeskVerticleIT {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (toystore_desk_\\w+) ", Pattern.MULTILINE);

  private static final Pattern ROW =
      Pattern.compile("^\\| `(toystore_desk_\\w+)` ", Pattern.MULTILINE);

  @RegisterExtension
  private static final TestPostgres DATABASE = new TestPostgres();

  @TempDir
  private Path folder;

  @Test
  void itAnswersAsALeaderAndAsACatalog() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      String address = DATABASE.node().address();
      answers(vertx, configuration("postgresql://toystore@" + address + "/toystore"));
    } finally {
      get(vertx.close());
    }
  }

  private static void answers(Vertx vertx, JsonObject configuration) throws Exception {
    DeskVerticle desk = new DeskVerticle();
    get(vertx.deployVerticle(desk, new io.vertx.core.DeploymentOptions().setConfig(configuration)));
    ServiceClient client = new ServiceClient(
        vertx, new Address("127.0.0.1", desk.port()), Token.of(TOKEN), Optional.empty(), 2);
    ReplicaHealth health = awaitService(vertx, client);
    assertTrue(health.leads() && health.elects());

    Buy buy = new Buy(
        List.of(new PurchaseRequest("k", "Tux", 1), new PurchaseRequest("l", "None", 1)),
        List.of(0L, 0L));
    List<BuyOutcome> bought =
        get(client.post("/buy", buy, BuyOutcomes.class, LIMIT)).outcomes();
    Lease lease = get(client.post("/hello", new Hello(1, "127.0.0.1:1"), Lease.class, LIMIT));
    Read read = new Read(lease.session(), List.of("Tux"));
    OrderQuery query = new OrderQuery(List.of(0L, 7L));

    assertEquals(0, bought.get(0).number().longValue());
    assertEquals(StoreError.TOY_NOT_FOUND, bought.get(1).error());
    assertEquals(
        99, get(client.post("/read", read, Toys.class, LIMIT)).toys().get(0).quantity());
    QueryOutcomes found = get(client.post("/query", query, QueryOutcomes.class, LIMIT));
    assertEquals("Tux", found.outcomes().get(0).order().name());
    assertEquals(StoreError.ORDER_NOT_FOUND, found.outcomes().get(1).error());
    assertEquals("single", state(client).getString("durability"));
    String metrics =
        get(client.exchange(HttpMethod.GET, "/metrics", null, LIMIT)).toString();
    assertEquals(names(ROW, Files.readString(page())), names(TYPE, metrics));
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The document that says what a desk's figures mean. */
  private static Path page() {
    Path checkout = Path.of("").toAbsolutePath();
    while (!Files.exists(checkout.resolve("docs/postgres.md"))) {
      checkout = checkout.getParent();
    }
    return checkout.resolve("docs/postgres.md");
  }

  private static JsonObject state(ServiceClient client) throws Exception {
    return get(client.exchange(HttpMethod.GET, "/state", null, LIMIT)).toJsonObject();
  }

  private static ReplicaHealth awaitService(Vertx vertx, ServiceClient client) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < endNanos) {
      ReplicaHealth health = get(client.get("/health", ReplicaHealth.class, LIMIT));
      if (health.serving()) {
        return health;
      }
      get(vertx.timer(50, TimeUnit.MILLISECONDS));
    }
    throw new AssertionError("it does not serve: " + state(client));
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() throws Exception {
    JsonObject configuration = configuration("postgresql://toystore:secret@127.0.0.1/toystore");

    ConfigurationException refusal = assertThrows(
        ConfigurationException.class, () -> DeskConfig.read(Settings.of(configuration)));

    assertTrue(refusal.getMessage().contains("passwordFile"), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("secret"), refusal.getMessage());
  }

  private JsonObject configuration(String database) throws Exception {
    Path token = folder.resolve("token");
    Files.writeString(token, TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path toys = folder.resolve("toys.json");
    Files.writeString(toys, "[{\"name\":\"Tux\",\"price\":15.99}]");
    return new JsonObject()
        .put("id", 1)
        .put("host", "127.0.0.1")
        .put("port", 0)
        .put("tokenFile", token.toString())
        .put("toys", toys.toString())
        .put("stock", 100)
        .put("restockPeriodMs", 10_000)
        .put("leaseMs", 1_000)
        .put("database", database)
        .put("durability", "single");
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
