package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import toystore.edge.Address;

/** Where a service listens, by its configuration, as seen from this machine. */
final class Addresses {
  private Addresses() {}

  /** The internal listener, as host:port. */
  static String internal(Service service, JsonNode conf) {
    return service.kind() == Service.ServiceKind.FRONT_END
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

  /**
   * Refuses a service that no command could ask.
   *
   * @throws OperationFailed when what its configuration says is no address
   */
  static void demand(Service service, JsonNode conf) {
    internal(service, conf);
    if (service.kind() == Service.ServiceKind.FRONT_END) {
      publicUri(conf);
    }
  }

  private static String at(JsonNode conf, String host, String port) {
    try {
      return Address.ofListener(
              conf.path(host).asText("127.0.0.1"), conf.path(port).asInt())
          .toString();
    } catch (IllegalArgumentException e) {
      throw new OperationFailed(
          host + " and " + port + " of a service are no address: " + conf.path(host) + " and "
              + conf.path(port),
          e);
    }
  }
}
