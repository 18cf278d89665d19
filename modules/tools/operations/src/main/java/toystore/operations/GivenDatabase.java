package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL that a store uses and did not start.
 *
 * @param url without a password
 * @param passwordFile absolute
 * @param durability replicated, or single where one machine is enough
 */
record GivenDatabase(String url, Optional<Path> passwordFile, String durability) {

  /** What a data folder remembers; empty where there is none. */
  static Optional<GivenDatabase> of(JsonNode json) {
    return json.isObject()
        ? Optional.of(new GivenDatabase(
            json.path("url").asText(),
            Optional.ofNullable(json.get("passwordFile")).map(file -> Path.of(file.asText())),
            json.path("durability").asText()))
        : Optional.empty();
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("url", url).put("durability", durability);
    passwordFile.ifPresent(file -> json.put("passwordFile", file.toString()));
    return json;
  }
}
