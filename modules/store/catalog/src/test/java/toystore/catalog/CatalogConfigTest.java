package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
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
    json = CompleteConf.in(folder);
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
