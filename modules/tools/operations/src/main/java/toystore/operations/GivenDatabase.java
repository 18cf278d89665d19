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
 * @param authority absolute: whom to trust as its host, by TLS; empty for connections in clear text
 * @param durability replicated, or single where one machine is enough
 */
record GivenDatabase(
    String url, Optional<Path> passwordFile, Optional<Path> authority, String durability) {

  /** What a data folder remembers; empty where there is none. */
  static Optional<GivenDatabase> of(JsonNode json) {
    return json.isObject()
        ? Optional.of(new GivenDatabase(
            json.path("url").asText(),
            path(json, "passwordFile"),
            path(json, "authority"),
            json.path("durability").asText()))
        : Optional.empty();
  }

  private static Optional<Path> path(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key)).map(file -> Path.of(file.asText()));
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("url", url).put("durability", durability);
    passwordFile.ifPresent(file -> json.put("passwordFile", file.toString()));
    authority.ifPresent(file -> json.put("authority", file.toString()));
    return json;
  }

  /** Has a desk use it. */
  void putInto(ObjectNode desk) {
    desk.put("database", url).put("durability", durability);
    desk.remove("passwordFile");
    passwordFile.ifPresent(file -> desk.put("passwordFile", file.toString()));
    authority.ifPresent(file -> desk.put("databaseAuthority", file.toString()));
  }
}
