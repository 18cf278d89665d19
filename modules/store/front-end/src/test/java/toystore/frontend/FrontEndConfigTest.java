package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.edge.ConfigurationException;
import toystore.leader.SelectorOptions;

class FrontEndConfigTest {
  @TempDir
  private Path folder;

  private JsonObject json;

  @BeforeEach
  void aGoodConfiguration() {
    json = FakeStore.configuration(folder, 8190);
    json.getJsonArray("replicas").add(replica(1, "127.0.0.1:8201"));
    json.getJsonArray("replicas").add(replica(2, "127.0.0.1:8202"));
    json.getJsonArray("replicas").add(replica(3, "127.0.0.1:8203"));
  }

  @Test
  void theShippedConfigurationIsGood() throws IOException {
    Path checkout = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(checkout.resolve("conf"))) {
      checkout = checkout.getParent();
    }
    JsonObject shipped = new JsonObject(Files.readString(checkout.resolve("conf/front-end.json")));
    shipped.put("tokenFile", json.getString("tokenFile"));

    FrontEndConfig config = FrontEndConfig.of(shipped);

    assertEquals(8080, config.endpoints().port());
    assertEquals(List.of(3, 2, 1), config.selectorOptions().replicas());
    assertEquals(new FrontEndConfig.CacheChoice(true, 10), config.cache());
  }

  @Test
  void optionalKeysHaveDefaults() {
    FrontEndConfig config = FrontEndConfig.of(json);

    assertEquals(SelectorOptions.of(1, List.of(1, 2, 3)), config.selectorOptions());
    assertEquals(10_000, config.times().request().toMillis());
    assertEquals(1, config.eventLoops());
    assertEquals(10_000, config.capacity().connections());
    assertEquals(Set.of(), config.corsOrigins());
    assertEquals("127.0.0.1", config.endpoints().advertisedHost());
  }

  /** Each replica says so itself; older files still name one. */
  @Test
  void theEngineNeedNotBeConfigured() {
    json.put("engine", "of a later time");

    assertEquals(1, FrontEndConfig.of(json).id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "host",
        "port",
        "internalHost",
        "internalPort",
        "tokenFile",
        "catalog",
        "replicas"
      })
  void aMissingKeyIsNamed(String key) {
    json.remove(key);

    assertRefused(key + ": is missing");
  }

  static List<Arguments> wrongValues() {
    return List.of(
        Arguments.of("id", 0),
        Arguments.of("id", 1024),
        Arguments.of("id", "1"),
        Arguments.of("host", ""),
        Arguments.of("host", 7),
        Arguments.of("port", -1),
        Arguments.of("port", 65_536),
        Arguments.of("port", "8080"),
        Arguments.of("internalHost", true),
        Arguments.of("internalPort", 1.5),
        Arguments.of("advertisedHost", ""),
        Arguments.of("advertisedHost", "http://front-end"),
        Arguments.of("tokenFile", "no/such/file"),
        Arguments.of("catalog", "localhost"),
        Arguments.of("engine", 7),
        Arguments.of("replicas", "127.0.0.1:8201"),
        Arguments.of("replicas", new JsonArray()),
        Arguments.of("replicas", new JsonArray().add("127.0.0.1:8201")),
        Arguments.of("cache", true),
        Arguments.of("healthCheckMs", 0),
        Arguments.of("missedHealthChecks", 0),
        Arguments.of("requestTimeoutMs", 1),
        Arguments.of("receiveTimeoutMs", 0),
        Arguments.of("callTimeoutMs", 0),
        Arguments.of("graceMs", -1),
        Arguments.of("readyMs", 0),
        Arguments.of("maxWaiting", 0),
        Arguments.of("maxConnections", 0),
        Arguments.of("corsOrigins", "https://shop.example"),
        Arguments.of("corsOrigins", new JsonArray().add(7)),
        Arguments.of("corsOrigins", new JsonArray().add("shop.example")),
        Arguments.of("corsOrigins", new JsonArray().add("https://shop.example/")),
        Arguments.of("corsOrigins", new JsonArray().add("https://Shop.example")),
        Arguments.of("corsOrigins", new JsonArray().add("https://shop.example:443")),
        Arguments.of("corsOrigins", new JsonArray().add("https://*.example")),
        Arguments.of("corsOrigins", new JsonArray().add("null")),
        Arguments.of("trustedProxies", new JsonArray().add("localhost")),
        Arguments.of("trustedProxies", new JsonArray().add("10.0.0.0/33")),
        Arguments.of("eventLoops", 0),
        Arguments.of("handOver", "yes"),
        Arguments.of("tls", true),
        Arguments.of("publicTls", "cert.pem"),
        Arguments.of("helth", 100));
  }

  @Test
  void originsAreAsBrowsersWriteThem() {
    List<String> origins = List.of("https://shop.example", "http://localhost:3000", "http://[::1]");
    json.put("corsOrigins", new JsonArray(origins));
    assertEquals(Set.copyOf(origins), FrontEndConfig.of(json).corsOrigins());

    json.put("corsOrigins", new JsonArray().add("*"));
    assertEquals(Set.of("*"), FrontEndConfig.of(json).corsOrigins());
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  void aWrongOrUnknownKeyIsNamed(String key, Object value) {
    json.put(key, value);

    assertRefused(key);
  }

  @Test
  void keysInsideAreNamedWithTheirPlace() {
    json.put("cache", new JsonObject().put("capacity", 0));
    assertRefused("cache.capacity: ");
    json.put("cache", new JsonObject().put("size", 10));
    assertRefused("cache.size: is not a known key");
    json.remove("cache");
    json.getJsonArray("replicas").add(replica(2, "127.0.0.1:8204"));
    assertRefused("replicas[3].id: must be unique");
    json.put("replicas", new JsonArray().add(replica(1, "8201")));
    assertRefused("replicas[0].address: must be host:port");
    json.put("replicas", new JsonArray().add(replica(1, "a:1").put("weight", 2)));
    assertRefused("replicas[0].weight: is not a known key");
  }

  @Test
  void theReplicasAreAllThree() {
    JsonArray replicas = json.getJsonArray("replicas");

    replicas.add(replica(4, "127.0.0.1:8204"));
    assertRefused("replicas[3].id: must be a whole number from 1 to 3");
    replicas.remove(3);
    replicas.getJsonObject(2).put("address", "127.0.0.1:8202");
    assertRefused("replicas[2].address: must be unique, was 127.0.0.1:8202");
    replicas.remove(2);
    assertRefused("replicas: must be all 3 replicas, was 2 of them");
  }

  private void assertRefused(String beginning) {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> FrontEndConfig.of(json));
    assertTrue(refusal.getMessage().startsWith(beginning), refusal.getMessage());
  }

  private static JsonObject replica(int id, String address) {
    return new JsonObject().put("id", id).put("address", address);
  }
}
