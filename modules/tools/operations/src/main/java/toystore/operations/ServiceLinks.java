package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.ToIntFunction;

/** Whom a service calls, by its configuration: a line can be put between the two. */
public final class ServiceLinks {
  private static final String NEAR_SIDE = "127.0.0.1";
  /**
   * The catalog learns of a front-end's port by that front-end, which knows only its own: the line
   * has the same port at another address of this machine.
   */
  private static final String FAR_SIDE = "127.0.0.2";

  /**
   * A line to be opened.
   *
   * @param host where it is to listen, at {@code port}; 0 for any that is free
   * @param targetPort where the one called listens
   */
  public record ServiceLink(String caller, String called, String host, int port, int targetPort) {}

  private ServiceLinks() {}

  /**
   * Has the service call all others by lines, and the catalog call it by one.
   *
   * @param conf the service's, in which addresses are replaced
   * @param lines opens a line, and says at which port
   */
  public static void rewire(Service service, ObjectNode conf, ToIntFunction<ServiceLink> lines) {
    String caller = service.name();
    if (conf.has("catalog")) {
      conf.put("catalog", line(caller, "catalog", conf.path("catalog").asText(), lines));
    }
    for (String list : List.of("peers", "replicas")) {
      for (JsonNode peer : conf.path(list)) {
        String called = Service.replica(peer.path("id").asInt()).name();
        ((ObjectNode) peer)
            .put("address", line(caller, called, peer.path("address").asText(), lines));
      }
    }
    if (service.kind() == Service.ServiceKind.FRONT_END) {
      int port = conf.path("internalPort").asInt();
      lines.applyAsInt(new ServiceLink("catalog", caller, FAR_SIDE, port, port));
      conf.put("advertisedHost", FAR_SIDE);
    }
  }

  private static String line(
      String caller, String called, String address, ToIntFunction<ServiceLink> lines) {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return NEAR_SIDE + ":" + lines.applyAsInt(new ServiceLink(caller, called, NEAR_SIDE, 0, port));
  }
}
