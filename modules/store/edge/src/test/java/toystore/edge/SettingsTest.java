package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @Test
  void aMissingKeyIsNamed() {
    Settings settings = Settings.of(new JsonObject());

    assertProblem("host: is missing", () -> settings.text("host"));
    assertProblem("port: is missing", () -> settings.port("port"));
    assertProblem("peers: is missing", () -> settings.sections("peers"));
  }

  @Test
  void aValueOfAnotherTypeIsNeverBent() {
    Settings settings =
        Settings.of(new JsonObject("{\"a\":\"7\",\"b\":7.5,\"c\":30000000000,\"d\":1,\"e\":null}"));

    assertProblem(
        "a: must be a whole number from 0 to 9, was 7", () -> settings.integer("a", 0, 9));
    assertProblem(
        "b: must be a whole number from 0 to 9, was 7.5", () -> settings.integer("b", 0, 9));
    assertProblem(
        "c: must be a whole number from 0 to 9, was 30000000000",
        () -> settings.integer("c", 0, 9));
    assertProblem("d: must be true or false, was 1", () -> settings.flag("d", true));
    assertProblem("d: must be a non-empty text, was 1", () -> settings.text("d"));
    assertProblem("e: is missing", () -> settings.text("e"));
  }

  @Test
  void aNumberOutOfRangeIsRefused() {
    Settings settings = Settings.of(new JsonObject("{\"leaseMs\":5,\"port\":65536}"));

    assertProblem(
        "leaseMs: must be a whole number from 10 to 60000, was 5",
        () -> settings.millis("leaseMs", 10, 60_000));
    assertProblem(
        "port: must be a whole number from 0 to 65535, was 65536", () -> settings.port("port"));
  }

  @Test
  void aKeyNobodyKnowsIsRefused() {
    Settings settings = Settings.of(new JsonObject("{\"leaseMs\":50,\"laeseMs\":60}"));
    settings.millis("leaseMs", 10, 60_000);

    assertProblem("laeseMs: is not a known key", settings::refuseUnknown);
  }

  @Test
  void anInnerKeyIsNamedWithItsPath() {
    Settings settings = Settings.of(
        new JsonObject("{\"peers\":[{\"id\":1},{\"id\":\"x\"}],\"cache\":{\"capacity\":0}}"));

    assertProblem(
        "peers[1].id: must be a whole number from 1 to 9, was x",
        () -> settings.sections("peers").get(1).integer("id", 1, 9));
    assertProblem(
        "cache.capacity: must be a whole number from 1 to 9, was 0",
        () -> settings.section("cache").orElseThrow().integer("capacity", 1, 9));
    assertProblem(
        "cache: must be a list of objects, was {\"capacity\":0}", () -> settings.sections("cache"));
  }

  @Test
  void allItemsOfAListHaveOneNameInTheDocuments() {
    Settings settings = Settings.of(new JsonObject("{\"peers\":[{\"id\":1},{\"id\":2}]}"));
    settings.sections("peers").forEach(peer -> peer.integer("id", 1, 9));

    assertEquals(
        List.of("peers", "peers[].id"),
        settings.keys().stream().map(SettingKey::name).toList());
  }

  @Test
  void anAddressIsHostAndPort() {
    Settings settings = Settings.of(
        new JsonObject("{\"a\":\"127.0.0.1:80\",\"b\":\"[::1]:81\",\"c\":\"localhost\"}"));

    assertEquals(new Address("127.0.0.1", 80), settings.address("a"));
    assertEquals(new Address("::1", 81), settings.address("b"));
    assertEquals("[::1]:81", settings.address("b").toString());
    assertProblem(
        "c: must be host:port, with a port from 1 to 65535, was localhost",
        () -> settings.address("c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8190",
        "127.0.0.1:8190/products",
        "127.0.0.1/x:8190",
        "one two:8190",
        "127.0.0.1:0",
        "127.0.0.1:65536",
        "127.0.0.1:+80",
        "127.0.0.1:",
        ":8190",
        "[]:8190",
        "[localhost]:8190",
        "::1:8190",
        "host\u0000:8190"
      })
  void whatCannotBeCalledIsNoAddress(String text) {
    Settings settings = Settings.of(new JsonObject().put("catalog", text));

    assertProblem(
        "catalog: must be host:port, with a port from 1 to 65535, was "
            + text.replace("\0", "\\u0000"),
        () -> settings.address("catalog"));
  }

  @Test
  void aHostIsANameOrAnIpAddress() {
    Settings settings =
        Settings.of(new JsonObject("{\"a\":\"0.0.0.0\",\"b\":\"::1\",\"c\":\"http://toys\"}"));

    assertEquals("0.0.0.0", settings.host("a"));
    assertEquals("::1", settings.host("b", "toys"));
    assertEquals("toys", settings.host("absent", "toys"));
    assertProblem(
        "c: must be a host name or an IP address, was http://toys", () -> settings.host("c"));
  }

  @Test
  void aPathThatCannotBeOneIsNamedByItsKey() {
    Settings settings =
        Settings.of(new JsonObject().put("tls", new JsonObject().put("key", "one\u0000two")));

    assertProblem(
        "tls.key: must be a path: Nul character not allowed",
        () -> settings.section("tls").orElseThrow().path("key"));
  }

  @Test
  void aPriceIsReadExactly() {
    Settings settings =
        Settings.of(new JsonObject("{\"a\":15.99,\"b\":7,\"c\":0.001,\"d\":-1,\"e\":1e400}"));

    assertEquals(1599, settings.hundredths("a"));
    assertEquals(700, settings.hundredths("b"));
    for (String key : new String[] {"c", "d", "e"}) {
      assertThrows(ConfigurationException.class, () -> settings.hundredths(key));
    }
  }

  @Test
  void anAbsentOptionalKeyTakesItsDefault() {
    Settings settings = Settings.of(new JsonObject());

    assertEquals(Duration.ofMillis(100), settings.millis("healthCheckMs", 1, 1_000, 100));
    assertFalse(settings.flag("handOver", false));
    settings.refuseUnknown();
  }

  private static void assertProblem(String message, Executable reading) {
    assertEquals(message, assertThrows(ConfigurationException.class, reading).getMessage());
  }
}
