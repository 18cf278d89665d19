package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
  @TempDir
  Path folder;

  @Test
  void anObjectIsRead() throws IOException {
    JsonObject read = ConfigurationFile.object(file("{\"id\":1,\"cache\":{\"capacity\":10}}"));

    assertEquals(1, read.getInteger("id"));
    assertEquals(10, read.getJsonObject("cache").getInteger("capacity"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "[{}]", "\"text\"", "7", "true", "", " ", "{", "{} {}"})
  void whatHoldsNoObjectIsOneLineThatNamesTheFile(String text) throws IOException {
    Path file = file(text);

    assertRefused(file, ": is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"id\":1}",
        "{\"cache\":{\"capacity\":1,\"capacity\":2}}",
        "{\"id\":1} x",
        "{\"id\":1,}",
        "{\"id\":1 // the first\n}",
        "{\"id\":1 /* the first */}",
        "# the first\n{\"id\":1}",
        "{id:1}",
        "{'id':1}",
        "{\"id\":01}",
        "{\"id\":+1}",
        "{\"id\":.5}",
        "{\"id\":0x1}",
        "{\"id\":NaN}",
        "{\"id\":-Infinity}",
        "{\"id\":\u06f1}",
        "{\"host\":\"a\nb\"}",
        "{\"host\":\"\\q\"}",
        "{\"host\":True}"
      })
  void whatRfc8259DoesNotKnowIsRefused(String text) throws IOException {
    assertRefused(file(text), ": is not a JSON object: ");
  }

  @Test
  void whereTheFaultIsIsSaid() throws IOException {
    Path file = file("{\n  \"id\": 1,\n  \"id\": 2\n}");

    String message =
        assertThrows(StartException.class, () -> ConfigurationFile.object(file)).getMessage();

    assertTrue(message.contains("'id'"), message);
    assertTrue(message.contains("(line 3, column "), message);
  }

  @Test
  void onlyUtf8WithoutAByteOrderMarkIsRead() throws IOException {
    assertRefused(file("\ufeff{\"id\":1}"), ": begins with a byte order mark");
    Path file = folder.resolve("service.json");
    Files.write(file, "{\"host\":\"L\u00e4den\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(file, ": is not UTF-8");
    Files.write(file, "{\"id\":1}".getBytes(StandardCharsets.UTF_16));
    assertRefused(file, ": is not UTF-8");
  }

  @Test
  void aNumberIsWhatWasWritten() throws IOException {
    JsonObject read = ConfigurationFile.object(file("{\"price\":15.990000000000000001}"));

    assertEquals("15.990000000000000001", read.getValue("price").toString());
  }

  /** So a long list is never in memory as a whole. */
  @Test
  void aListIsGivenItemByItem() throws IOException {
    Path file = file("[{\"id\":1},null,[2],{\"id\":2,\"id\":3}]");
    List<Object> items = new ArrayList<>();

    String message = assertThrows(
            StartException.class, () -> ConfigurationFile.list(file, items::add))
        .getMessage();

    assertEquals(Arrays.asList(new JsonObject().put("id", 1), null, List.of(2)), items);
    assertTrue(message.startsWith(file + ": is not a JSON list: Duplicate field 'id'"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "7", "", "[", "[] []", "[1,]", "[1 2]"})
  void whatHoldsNoListIsRefused(String text) throws IOException {
    Path file = file(text);

    String message = assertThrows(
            StartException.class, () -> ConfigurationFile.list(file, item -> {}))
        .getMessage();

    assertTrue(message.startsWith(file + ": is not a JSON list"), message);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertRefused(folder.resolve("nowhere.json"), ": cannot be read");
    assertRefused(folder, ": cannot be read");
  }

  private static void assertRefused(Path file, String problem) {
    String message =
        assertThrows(StartException.class, () -> ConfigurationFile.object(file)).getMessage();
    assertTrue(message.startsWith(file + problem), message);
    assertFalse(message.contains("\n"), message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("service.json"), text);
  }
}
