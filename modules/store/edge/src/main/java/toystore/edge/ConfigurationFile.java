package toystore.edge;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The one reader of all JSON files that people write. It takes what RFC 8259 describes and nothing
 * more: UTF-8 without a byte order mark, no key twice, no comment, nothing after the end. A number
 * is what was written, to the last digit.
 */
public final class ConfigurationFile {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private static final JsonMapper MAPPER = WireFormat.strict()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();
  private static final ObjectReader ITEM =
      MAPPER.readerFor(Object.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ConfigurationFile() {}

  /**
   * The object in it.
   *
   * @throws StartException naming the file, when there is none
   */
  static JsonObject object(Path file) {
    if (!(parse(file, "object", MAPPER.readerFor(Object.class)::readValue)
        instanceof Map<?, ?> fields)) {
      throw new StartException(file + ": is not a JSON object");
    }
    return object(fields);
  }

  private static JsonObject object(Map<?, ?> fields) {
    JsonObject object = new JsonObject();
    fields.forEach((key, field) -> object.put((String) key, field));
    return object;
  }

  /**
   * Gives each item of the list in it, as its text has it, before it reads the next one: there may
   * be a million. What is behind the list is found to be wrong when all items are used.
   *
   * @throws StartException naming the file, when there is no list
   */
  public static void list(Path file, Consumer<Object> use) {
    parse(file, "list", text -> {
      try (JsonParser parser = MAPPER.createParser(text)) {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
          throw new StartException(file + ": is not a JSON list");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          Object item = ITEM.readValue(parser);
          use.accept(item instanceof Map<?, ?> fields ? object(fields) : item);
        }
        if (parser.nextToken() != null) {
          throw new StartException(file + ": is not a JSON list: something is behind its end");
        }
        return null;
      }
    });
  }

  /**
   * The object in it, to be changed and written again.
   *
   * @throws StartException naming the file, when there is none
   */
  public static ObjectNode tree(Path file) {
    if (!(parse(file, "object", MAPPER.readerFor(JsonNode.class)::readValue)
        instanceof ObjectNode object)) {
      throw new StartException(file + ": is not a JSON object");
    }
    return object;
  }

  /** What makes something of a file's text. */
  @FunctionalInterface
  private interface TextReader {
    Object read(String text) throws IOException;
  }

  private static Object parse(Path file, String expected, TextReader reader) {
    try {
      return reader.read(text(file));
    } catch (JsonProcessingException e) {
      throw new StartException(
          file + ": is not a JSON " + expected + ": " + e.getOriginalMessage() + place(e), e);
    } catch (NumberFormatException e) {
      throw new StartException(file + ": has a number that is none: " + e.getMessage(), e);
    } catch (CharacterCodingException e) {
      throw new StartException(file + ": is not UTF-8", e);
    } catch (IOException e) {
      throw new StartException(file + ": cannot be read", e);
    }
  }

  private static String text(Path file) throws IOException {
    // Unlike String's constructor, this reports what is not UTF-8.
    String text = Files.readString(file);
    if (text.indexOf(BYTE_ORDER_MARK) == 0) {
      throw new StartException(file + ": begins with a byte order mark, which JSON must not");
    }
    return text;
  }

  private static String place(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
  }
}
