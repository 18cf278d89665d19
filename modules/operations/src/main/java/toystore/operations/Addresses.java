package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import toystore.edge.Address;

/** Where a service listens, by its configuration, as seen from this machine. */
final class Addresses {
  private Addresses() {}

  /** The internal listener, as host:port. */
  static String internal(Service service, JsonNode conf) {
    return service.kind() == Service.Kind.FRONT_END
        ? at(conf, "internalHost", "internalPort")
        : at(conf, "host", "port");
  }

  static URI internalUri(Service service, JsonNode conf) {
    return URI.create((conf.has("tls") ? "https://" : "http://") + internal(service, conf));
  }

  /** The public listener of a front-end. */
  static URI publicUri(JsonNode conf) {
    return URI.create((conf.has("publicTls") ? "https://" : "http://") + at(conf, "host", "port"));
  }

  private static String at(JsonNode conf, String host, String port) {
    try {
      return Address.ofListener(
              conf.path(host).asText("127.0.0.1"), conf.path(port).asInt())
          .toString();
    } catch (IllegalArgumentException e) {
      throw new OperationFailed(
          host + " and " + port + " of a service are no address: " + e.getMessage(), e);
    }
  }
}
