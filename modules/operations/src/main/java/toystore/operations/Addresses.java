package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** Where a service listens, by its configuration, as seen from this machine. */
final class Addresses {
  private Addresses() {}

  /** The internal listener, as host:port. */
  static String internal(Service service, JsonNode conf) {
    return service.kind() == Service.Kind.FRONT_END
        ? reachable(conf.path("internalHost").asText("127.0.0.1")) + ":"
            + conf.path("internalPort").asInt()
        : reachable(conf.path("host").asText("127.0.0.1")) + ":"
            + conf.path("port").asInt();
  }

  static URI internalUri(Service service, JsonNode conf) {
    return URI.create((conf.has("tls") ? "https://" : "http://") + internal(service, conf));
  }

  /** The public listener of a front-end. */
  static URI publicUri(JsonNode conf) {
    return URI.create((conf.has("publicTls") ? "https://" : "http://")
        + reachable(conf.path("host").asText("127.0.0.1"))
        + ":"
        + conf.path("port").asInt());
  }

  /** All interfaces is where one listens, not where one calls. */
  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::" -> "[::1]";
      default -> host;
    };
  }
}
