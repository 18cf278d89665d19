package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.edge.ConfigurationException;

class CatalogConfigTest {
  @TempDir
  Path folder;

  private JsonObject json;

  @BeforeEach
  void complete() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "a-secret-of-this-store");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path toys = Files.writeString(folder.resolve("toys.json"), "[{\"name\":\"Tux\",\"price\":1}]");
    json = new JsonObject()
        .put("host", "127.0.0.1")
        .put("port", 8190)
        .put("data", folder.resolve("data").toString())
        .put("tokenFile", token.toString())
        .put("toys", toys.toString())
        .put("stock", 100)
        .put("restockPeriodMs", 10_000)
        .put("leaseMs", 1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"host", "port", "data", "tokenFile", "toys", "stock", "restockPeriodMs", "leaseMs"
      })
  void aMissingKeyIsNamed(String key) {
    json.remove(key);

    assertRefused(key + ": is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", " 127.0.0.1", "http://x", "x:80", "[::1", "[x]", "[::1]:80"})
  void aHostThatIsNoneIsRefusedByName(String host) {
    json.put("host", host);

    assertRefused("host: must be a host name or an IP address, was " + host);
  }

  @Test
  void anIpv6HostMayStandInBrackets() {
    json.put("host", "[::1]");

    assertEquals("::1", CatalogConfig.read(json).host());
  }

  private void assertRefused(String words) {
    ConfigurationException refusal =
        assertThrows(ConfigurationException.class, () -> CatalogConfig.read(json));
    assertTrue(refusal.getMessage().startsWith(words), refusal.getMessage());
  }
}
