package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A service as far as its operator can tell: listens where its configuration says, and answers that
 * all is well. What its configuration has under "says" is said in place of that, also when it is
 * written there later.
 */
final class FakeService {
  /** Nobody asks it for all products, which may be a million. */
  private static final String PRODUCT = "/products/any";

  private static final Map<String, String> ANSWERS = Map.of(
      "/ready",
      "{\"ready\":true}",
      "/health",
      "{\"role\":\"LEADER\",\"eligible\":true,\"ready\":true,\"serving\":true}",
      "/state",
      "{\"role\":\"LEADER\",\"leader\":3,\"epoch\":\"1.1\",\"lastOrder\":7,\"state\":\"of mind\","
          + "\"process\":{\"pid\":"
          + ProcessHandle.current().pid() + "}}",
      "/catalog-absence",
      "{\"noted\":true}",
      PRODUCT,
      "{\"error\":{\"code\":404,\"message\":\"no such toy\"}}");

  private FakeService() {}

  /** The arguments of bin/vertx. */
  public static void main(String[] args) throws IOException {
    ObjectNode conf = Json.read(Path.of(args[3]));
    if (conf.path("broken").asBoolean()) {
      System.err.println(args[3] + ": broken: must be false");
      System.exit(1);
    }
    while (conf.path("mute").asBoolean()) {
      LockSupport.park(); // One that is never up, and never ends.
    }
    String predecessor = System.getenv("TOYSTORE_AFTER");
    if (predecessor != null) {
      System.out.println("waits for the end of process " + predecessor);
      ProcessHandle.of(Long.parseLong(predecessor))
          .ifPresent(other -> other.onExit().join());
    }
    String token = Files.readString(Path.of(conf.path("tokenFile").asText())).strip();
    for (String key : new String[] {"port", "internalPort"}) {
      if (conf.has(key)) {
        listen(conf.path(key).asInt(), token, Path.of(args[3]));
      }
    }
  }

  private static void listen(int port, String token, Path conf) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    ANSWERS.forEach((path, answer) -> server.createContext(path, exchange -> {
      JsonNode said = Json.read(conf).path("says").path(path);
      byte[] body = (said.isObject() ? said.toString() : answer).getBytes(StandardCharsets.UTF_8);
      boolean known = token.equals(exchange.getRequestHeaders().getFirst("Toystore-Token"));
      exchange.sendResponseHeaders(status(path, known, said), body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }));
    server.start();
  }

  private static int status(String path, boolean known, JsonNode said) {
    return switch (path) {
      case "/state" -> known ? 200 : 401;
      case "/ready" -> said.path("ready").asBoolean(true) ? 200 : 503;
      case PRODUCT -> 404;
      default -> 200;
    };
  }
}
