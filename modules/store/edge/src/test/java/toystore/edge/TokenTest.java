package toystore.edge;

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
import org.junit.jupiter.params.provider.CsvSource;

class TokenTest {
  @TempDir
  Path folder;

  private Path file;
  private Settings settings;

  @BeforeEach
  void nameAFile() {
    file = folder.resolve("some data").resolve("token");
    settings = Settings.of(new JsonObject().put("tokenFile", file.toString()));
  }

  @Test
  void whoHasNoTokenIsToldHowToMakeOne() throws IOException, InterruptedException {
    String message = refusal();

    assertTrue(message.startsWith("tokenFile: must be a file with the store's token"), message);
    assertTrue(message.contains("bin/toystore up makes it"), message);
    String command = message.substring(message.indexOf("by hand: ") + "by hand: ".length());
    assertEquals(0, new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(64, Token.read(settings, "tokenFile").text().length());
  }

  @Test
  void aTokenThatIsTooShortOrOpenToOthersIsRefused() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "short");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
    assertTrue(refusal().startsWith("tokenFile: must be readable by its owner only"));

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertTrue(refusal().startsWith("tokenFile: holds no token: a token has at least 16"));
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, 1000, false", "r--r-----, 1000, true", "rw--w----, 1000, true",
    "r--r-----,    0, false", "rw--w----,    0, true", "r--r--r--,    0, true",
  })
  void theGroupMayReadOnlyWhatRootGaveIt(String permissions, int ownerId, boolean tooOpen) {
    assertEquals(tooOpen, Token.isTooOpen(PosixFilePermissions.fromString(permissions), ownerId));
  }

  private String refusal() {
    return assertThrows(ConfigurationException.class, () -> Token.read(settings, "tokenFile"))
        .getMessage();
  }
}
