package toystore.edge;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

  private ConfigurationFile() {}

  /**
   * The object in it.
   *
   * @throws StartException naming the file, when there is none
   */
  static JsonObject object(Path file) {
    if (!(parse(file, MAPPER.readerFor(Object.class), "object") instanceof Map<?, ?> fields)) {
      throw new StartException(file + ": is not a JSON object");
    }
    JsonObject object = new JsonObject();
    fields.forEach((key, field) -> object.put((String) key, field));
    return object;
  }

  /**
   * The list in it.
   *
   * @throws StartException naming the file, when there is none
   */
  public static JsonArray list(Path file) {
    if (!(parse(file, MAPPER.readerFor(Object.class), "list") instanceof List<?> items)) {
      throw new StartException(file + ": is not a JSON list");
    }
    return new JsonArray(items);
  }

  /**
   * The object in it, to be changed and written again.
   *
   * @throws StartException naming the file, when there is none
   */
  public static ObjectNode tree(Path file) {
    if (!(parse(file, MAPPER.readerFor(JsonNode.class), "object") instanceof ObjectNode object)) {
      throw new StartException(file + ": is not a JSON object");
    }
    return object;
  }

  private static Object parse(Path file, ObjectReader reader, String expected) {
    try {
      return reader.readValue(text(file));
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
    // A decoder of its own reports what String's constructor would quietly replace.
    String text = StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
        .toString();
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
