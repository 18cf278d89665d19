package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of calls in docs/appendix-api.md is made of the document of the public API. With {@code
 * -Dtoystore.write=true} it is written.
 */
class ApiAppendixTest {
  private static final Path APPENDIX = Path.of("../../../docs/appendix-api.md");
  private static final String FIRST_LINE = "| call | what | 200 | failures |";
  /** Each call may be answered so; the text says it once. */
  private static final Set<String> COMMON = Set.of("200", "304", "429", "500", "default");

  private final JsonObject document = Contract.load().document();

  @Test
  void theTableOfCallsIsThatOfTheDocument() throws IOException {
    List<String> lines = Files.readAllLines(APPENDIX);
    int begin = lines.indexOf(FIRST_LINE);
    int end = begin;
    while (end < lines.size() && lines.get(end).startsWith("|")) {
      end++;
    }
    List<String> table = table();

    if (Boolean.getBoolean("toystore.write")) {
      List<String> written = new ArrayList<>(lines.subList(0, begin));
      written.addAll(table);
      written.addAll(lines.subList(end, lines.size()));
      Files.write(APPENDIX, written);
    } else {
      assertEquals(String.join("\n", table), String.join("\n", lines.subList(begin, end)));
    }
  }

  private List<String> table() {
    List<String> table = new ArrayList<>(List.of(FIRST_LINE, "| --- | --- | --- | --- |"));
    document.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue())
        .forEach(operation -> table.add(
            line(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), (JsonObject)
                operation.getValue()))));
    return table;
  }

  private String line(String call, JsonObject operation) {
    JsonObject responses = operation.getJsonObject("responses");
    JsonObject content = responses.getJsonObject("200").getJsonObject("content");
    String type = content.fieldNames().iterator().next();
    Object example = content.getJsonObject(type).getValue("example");
    String failures = responses.stream()
        .filter(response -> !COMMON.contains(response.getKey()))
        .filter(response -> !response.getValue().toString().endsWith("/NoHost\"}"))
        .map(response -> response.getKey() + " " + resolved((JsonObject) response.getValue()))
        .collect(Collectors.joining("<br>"));
    return "| `" + call + "` | " + operation.getString("summary") + " | "
        + (example instanceof JsonObject ? "`" + example + "`" : type) + " | " + failures + " |";
  }

  private String resolved(JsonObject response) {
    String ref = response.getString("$ref");
    JsonObject whole = ref == null
        ? response
        : (JsonObject) JsonPointer.from(ref.substring(1)).queryJson(document);
    return whole.getString("description");
  }
}
