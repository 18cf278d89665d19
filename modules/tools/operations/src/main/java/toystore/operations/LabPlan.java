package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import toystore.operations.ServiceLinks.ServiceLink;

/**
 * What the lab of a store works with: its port on loopback, and the lines on which services call
 * each other. It stays the same for as long as the store is up, so that a lab that was ended and
 * started again has the same lines.
 */
public record LabPlan(int port, List<ServiceLink> lines) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]");
  private static final int MOST = 65_535;

  /**
   * Puts lines between these services, and lets the lab's page use the front-ends.
   *
   * @param services their configuration, which is changed
   * @param freePorts where lines may listen
   * @throws OperationFailed when a service listens on more than loopback, or uses TLS
   */
  static LabPlan of(int port, Map<Service, ObjectNode> services, IntSupplier freePorts) {
    services.forEach(LabPlan::refuse);
    List<ServiceLink> lines = new ArrayList<>();
    services.forEach((service, conf) -> {
      ServiceLinks.rewire(service, conf, asked -> {
        int at = asked.port() == 0 ? freePorts.getAsInt() : asked.port();
        lines.add(
            new ServiceLink(asked.caller(), asked.called(), asked.host(), at, asked.targetPort()));
        return at;
      });
      if (service.kind() == Service.ServiceKind.FRONT_END) {
        admit(origins(port), conf);
      }
    });
    return new LabPlan(port, lines);
  }

  private static void refuse(Service service, ObjectNode conf) {
    for (String key : List.of("host", "internalHost", "advertisedHost")) {
      String host = conf.path(key).asText("127.0.0.1");
      if (!LOOPBACK.matcher(host).matches()) {
        throw new OperationFailed("--lab: " + key + " of " + service + " is " + host
            + ", and a lab is for a store on this machine's loopback only, such as 127.0.0.1");
      }
    }
    for (String key : List.of("tls", "publicTls")) {
      if (conf.has(key)) {
        throw new OperationFailed("--lab: " + service + " has " + key
            + ", and a lab is for a store without TLS: its lines have no certificate");
      }
    }
  }

  private static List<String> origins(int port) {
    return List.of("http://127.0.0.1:" + port, "http://localhost:" + port);
  }

  private static void admit(List<String> origins, ObjectNode conf) {
    ArrayNode admitted = conf.withArray("corsOrigins");
    origins.forEach(admitted::add);
  }

  static LabPlan of(ObjectNode json) {
    List<ServiceLink> lines = new ArrayList<>();
    for (JsonNode line : json.path("lines")) {
      lines.add(new ServiceLink(
          line.path("caller").asText(),
          line.path("called").asText(),
          line.path("host").asText(),
          line.path("port").asInt(),
          line.path("targetPort").asInt()));
    }
    return new LabPlan(port(json), lines);
  }

  /** Reads the port in a configuration of a lab. */
  static int port(ObjectNode json) {
    int port = json.path("port").asInt();
    if (!json.path("port").isInt() || port < 1 || port > MOST) {
      throw new OperationFailed(
          "lab.json: port must be a whole number from 1 to " + MOST + ", not " + json.get("port"));
    }
    return port;
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("port", port);
    ArrayNode list = json.putArray("lines");
    lines.forEach(line -> list.addObject()
        .put("caller", line.caller())
        .put("called", line.called())
        .put("host", line.host())
        .put("port", line.port())
        .put("targetPort", line.targetPort()));
    return json;
  }

  /** Where the lab's page is. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
