package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
  @TempDir
  Path folder;

  @Test
  void anObjectIsRead() throws IOException {
    JsonObject read = ConfigurationFile.read(file("{\"id\":1,\"cache\":{\"capacity\":10}}"));

    assertEquals(1, read.getInteger("id"));
    assertEquals(10, read.getJsonObject("cache").getInteger("capacity"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[{}]", "\"text\"", "7", "true", "", " ", "{", "{} {}"})
  void whatHoldsNoObjectIsOneLineThatNamesTheFile(String text) throws IOException {
    Path file = file(text);

    assertRefused(file, ": is not a JSON object");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused(folder.resolve("nowhere.json"), ": cannot be read");
    assertRefused(folder, ": cannot be read");
  }

  private static void assertRefused(Path file, String problem) {
    String message =
        assertThrows(StartException.class, () -> ConfigurationFile.read(file)).getMessage();
    assertTrue(message.startsWith(file + problem), message);
    assertFalse(message.contains("\n"), message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("service.json"), text);
  }
}
