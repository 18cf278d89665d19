package toystore.catalog;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A configuration with every key that is required, and the files it names. */
final class CompleteConf {
  static final String SECRET = "0123456789abcdef";

  private CompleteConf() {}

  static JsonObject in(Path folder) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), SECRET);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    Path toys = Files.writeString(
        folder.resolve("toys.json"),
        "[{\"name\":\"Tux\",\"price\":15.99},{\"name\":\"Fox\",\"price\":1}]");
    return new JsonObject()
        .put("host", "127.0.0.1")
        .put("port", 0)
        .put("data", folder.resolve("data").toString())
        .put("tokenFile", token.toString())
        .put("toys", toys.toString())
        .put("stock", 100)
        .put("restockPeriodMs", 10_000)
        .put("leaseMs", 100);
  }
}
