package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no certificate or no key is refused at start, with its key in the configuration. */
class TlsTest {
  private static final String KEY_FILE =
      "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";

  private static final String CERTIFICATE_FILE =
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

  @TempDir
  Path folder;

  private JsonObject section;

  @BeforeEach
  void complete() throws IOException {
    section = new JsonObject()
        .put("certificate", file("certificate.pem", CERTIFICATE_FILE))
        .put("key", file("key.pem", KEY_FILE))
        .put("authority", file("authority.pem", CERTIFICATE_FILE));
  }

  @Test
  void filesInPemAreTaken() {
    assertEquals(folder.resolve("key.pem"), read().key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "key", "authority"})
  void otherFilesAreRefusedByName(String key) throws IOException {
    for (String content : new String[] {"", "tttttttttt", "{}", "\0\1\2"}) {
      section.put(key, file("other.pem", content));

      assertRefused(key);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"certificate", "key", "authority"})
  void aFolderOrNothingIsRefusedByName(String key) {
    section.put(key, folder.toString());
    assertRefused(key);

    section.put(key, folder.resolve("missing").toString());
    assertRefused(key);
  }

  @Test
  void aKeyIsNoCertificate() throws IOException {
    section.put("certificate", file("swapped.pem", KEY_FILE));
    assertRefused("certificate");
  }

  @Test
  void aCertificateIsNoKey() throws IOException {
    section.put("key", file("swapped.pem", CERTIFICATE_FILE));
    assertRefused("key");
  }

  private void assertRefused(String key) {
    String message = assertThrows(ConfigurationException.class, this::read).getMessage();
    assertTrue(message.startsWith("tls." + key + ": must be a readable file"), message);
    assertTrue(message.contains(folder.toString()), message);
  }

  private Tls read() {
    return Tls.read(Settings.of(new JsonObject().put("tls", section)), "tls").orElseThrow();
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
