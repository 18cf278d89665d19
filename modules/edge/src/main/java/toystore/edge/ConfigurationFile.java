package toystore.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The file that a service is started with. */
final class ConfigurationFile {
  private ConfigurationFile() {}

  /**
   * Reads the object in it.
   *
   * @throws StartException naming the file, when there is none
   */
  static JsonObject read(Path file) {
    Object value;
    try {
      value = WireFormat.strict().build().readValue(Files.readAllBytes(file), Object.class);
    } catch (JsonProcessingException e) {
      throw new StartException(file + ": is not a JSON object: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new StartException(file + ": cannot be read", e);
    }
    if (!(value instanceof Map<?, ?> fields)) {
      throw new StartException(file + ": is not a JSON object");
    }
    JsonObject configuration = new JsonObject();
    fields.forEach((key, field) -> configuration.put((String) key, field));
    return configuration;
  }
}
