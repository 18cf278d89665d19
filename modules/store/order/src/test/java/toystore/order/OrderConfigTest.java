package toystore.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.edge.Address;
import toystore.edge.ConfigurationException;
import toystore.edge.Settings;

class OrderConfigTest {
  @TempDir
  Path folder;

  private JsonObject json;

  @BeforeEach
  void makeValid() throws IOException {
    Path token = folder.resolve("token");
    Files.writeString(token, "a-token-for-tests-only");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    json = new JsonObject()
        .put("id", 1)
        .put("host", "127.0.0.1")
        .put("port", 8201)
        .put("data", "data/order-1")
        .put("tokenFile", token.toString())
        .put("catalog", "127.0.0.1:8190")
        .put(
            "peers",
            new JsonArray()
                .add(new JsonObject().put("id", 2).put("address", "127.0.0.1:8202"))
                .add(new JsonObject().put("id", 3).put("address", "127.0.0.1:8203")));
  }

  @Test
  void whatIsNotSaidHasADefault() {
    OrderConfig config = read();

    assertEquals("order-1", config.service());
    assertEquals(
        List.of(
            new OrderConfig.Peer(2, new Address("127.0.0.1", 8202)),
            new OrderConfig.Peer(3, new Address("127.0.0.1", 8203))),
        config.peers());
    assertEquals(Duration.ofMillis(500), config.catalogGrace());
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "host", "port", "data", "tokenFile", "catalog", "peers"})
  void aMissingKeyIsNamed(String key) {
    json.remove(key);

    assertRefused(key + ": is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "id, 0",
    "id, 4",
    "host, 7",
    "port, 70000",
    "data, 7",
    "tokenFile, nowhere",
    "tls, 7",
    "catalog, nowhere",
    "peers, 7",
    "replicateTimeoutMs, 0",
    "catalogTimeoutMs, 0",
    "catalogGraceMs, 0",
    "majorityGraceMs, 0",
    "purchaseTimeoutMs, 0",
    "queryTimeoutMs, 0",
    "maxUnderWay, 0",
    "reserveBatches, 0"
  })
  void aWrongValueIsNamed(String key, String value) {
    json.put(key, value.matches("\\d+") ? Integer.valueOf(value) : value);

    assertRefused(key + ": must be");
  }

  @Test
  void anUnknownKeyIsNamed() {
    json.put("prot", 8201);

    assertRefused("prot: is not a known key");
  }

  @Test
  void wrongPeersAreNamed() {
    JsonObject second = json.getJsonArray("peers").getJsonObject(1);

    second.put("id", 2);
    assertRefused("peers[1].id: must be another replica's, once");
    second.put("id", 1);
    assertRefused("peers[1].id: must be another replica's");
    second.put("id", 3).put("address", "nowhere");
    assertRefused("peers[1].address: must be host:port");
    second.put("address", "127.0.0.1:8203").put("port", 8203);
    assertRefused("peers[1].port: is not a known key");
  }

  @Test
  void aMajorityIsAlwaysTwoDisksOfThree() {
    JsonArray peers = json.getJsonArray("peers");
    JsonObject second = peers.getJsonObject(1);

    second.put("id", 4);
    assertRefused("peers[1].id: must be a whole number from 1 to 3");
    second.put("id", 3).put("address", "127.0.0.1:8202");
    assertRefused("peers[1].address: must be another replica's, once, was 127.0.0.1:8202");
    second.put("address", "127.0.0.1:8201");
    assertRefused("peers[1].address: must be another replica's, once, was 127.0.0.1:8201");
    peers.remove(1);
    assertRefused("peers: must be the other 2 of 3 replicas, was 1 of them");
    peers.clear();
    assertRefused("peers: must be the other 2 of 3 replicas, was 0 of them");
  }

  @Test
  void aTokenThatOthersMayReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("token"), PosixFilePermissions.fromString("rw-r--r--"));

    assertRefused("tokenFile: must be readable by its owner only");
  }

  private OrderConfig read() {
    return OrderConfig.read(Settings.of(json), new PrimaryBackupEngine());
  }

  private void assertRefused(String start) {
    String message = assertThrows(ConfigurationException.class, this::read).getMessage();
    assertTrue(message.startsWith(start), message);
  }
}
