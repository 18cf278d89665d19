package toystore.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import toystore.edge.ConfigurationFile;
import toystore.edge.StartException;

/** JSON files and answers, as trees: commands pass on what they do not know. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object in that file; fails in one line naming it. */
  static ObjectNode read(Path file) {
    try {
      return ConfigurationFile.tree(file);
    } catch (StartException e) {
      throw e.getCause() instanceof FileSystemException trouble
          ? FileTrouble.failure("cannot read " + file, trouble)
          : new OperationFailed(e.getMessage(), e);
    }
  }

  /** Writes the file at once: a reader, and a crash, see the old one or the new. */
  static void write(Path file, JsonNode value) {
    Path half = file.resolveSibling(file.getFileName() + ".half");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(half, value.toPrettyString() + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot write " + file, e);
    }
  }

  /** The answer's tree; a body that is no JSON is an empty object. */
  static JsonNode parse(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree == null ? object() : tree;
    } catch (IOException e) {
      return object();
    }
  }

  /** One line. */
  static String line(JsonNode value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }
}
