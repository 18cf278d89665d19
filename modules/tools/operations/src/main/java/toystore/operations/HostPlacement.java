package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import toystore.edge.Address;
import toystore.model.EngineName;

/**
 * Puts the configuration of a store on machines of its own: where each service listens, where it
 * finds the others, and where its files are once conf/systemd/install.sh has installed it. Reads
 * and writes no file.
 */
final class HostPlacement {
  /** In a machine's folder, and where install.sh puts them. */
  static final String PASSWORD = "database-password";

  static final String DATABASE_AUTHORITY = "database-authority.pem";

  /** Where install.sh puts the secrets and the certificates. */
  private static final String SETTINGS = "/etc/toystore/";

  private static final String DATA = "/var/lib/toystore/";
  private static final String EVERYWHERE = "0.0.0.0";

  private final HostList hosts;
  private final EngineName engine;
  private final boolean tls;

  /**
   * A placement.
   *
   * @param tls whether every listener is to have the certificate of its machine
   */
  HostPlacement(HostList hosts, EngineName engine, boolean tls) {
    this.hosts = hosts;
    this.engine = engine;
    this.tls = tls;
  }

  /** Changes each configuration, made from the template of its service. */
  void apply(Map<Service, ObjectNode> services) {
    services.forEach((service, conf) -> {
      conf.put("tokenFile", SETTINGS + "token");
      if (service.kind() == Service.ServiceKind.FRONT_END) {
        placeFrontEnd(service, conf);
      } else {
        conf.put("host", hosts.address(service));
      }
      if (conf.has("data")) {
        conf.put("data", DATA + service);
      }
      find(conf, services);
      if (tls) {
        conf.set("tls", certificates().put("authority", SETTINGS + "authority.pem"));
      }
    });
  }

  /** The database of the desks, with its files where install.sh puts them. */
  static GivenDatabase placed(GivenDatabase database) {
    return new GivenDatabase(
        database.url(),
        database.passwordFile().map(file -> Path.of(SETTINGS, PASSWORD)),
        database.authority().map(file -> Path.of(SETTINGS, DATABASE_AUTHORITY)),
        database.durability());
  }

  /** The public listener is for customers, whatever address of the machine they come to. */
  private void placeFrontEnd(Service service, ObjectNode conf) {
    conf.put("id", service.id());
    conf.put("host", EVERYWHERE);
    conf.put("internalHost", hosts.address(service));
    conf.put("advertisedHost", hosts.address(service));
    if (engine.hasReplicas()) {
      conf.put("engine", engine.toString());
    }
    if (tls) {
      conf.set("publicTls", certificates());
    }
  }

  private void find(ObjectNode conf, Map<Service, ObjectNode> services) {
    if (conf.has("catalog")) {
      conf.put("catalog", addressOf(Service.CATALOG, services));
    }
    find(conf.path("peers"), Service::replica, services);
    find(conf.path("replicas"), Service::replica, services);
    find(conf.path("desks"), Service::desk, services);
  }

  private void find(JsonNode list, IntFunction<Service> byId, Map<Service, ObjectNode> services) {
    for (JsonNode one : list) {
      Service service = byId.apply(one.path("id").asInt());
      ((ObjectNode) one).put("address", addressOf(service, services));
    }
  }

  private String addressOf(Service service, Map<Service, ObjectNode> services) {
    int port = services.get(service).path("port").asInt();
    return new Address(hosts.address(service), port).toString();
  }

  private static ObjectNode certificates() {
    return Json.object()
        .put("certificate", SETTINGS + "certificate.pem")
        .put("key", SETTINGS + "key.pem");
  }
}
