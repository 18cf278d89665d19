package toystore.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How each service of a store is.
 *
 * @param services in starting order
 */
public record StoreStatus(List<ServiceStatus> services) {
  public StoreStatus {
    services = List.copyOf(services);
  }

  /** The status of the service of that name. */
  public ServiceStatus of(String name) {
    return services.stream()
        .filter(status -> status.service().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownService(
            name, services.stream().map(ServiceStatus::service).toList()));
  }

  /** The replica, or desk, that says it leads; of two that do, the one with the higher epoch. */
  public Optional<String> leader() {
    return services.stream()
        .filter(ServiceStatus::isLeader)
        .max(Comparator.comparingLong(ServiceStatus::epochCounter))
        .map(status -> status.service().name());
  }

  /** What the desks make sure of, in words for a person; empty where there are none. */
  Optional<String> durability() {
    return services.stream()
        .flatMap(status -> status.text("durability").stream())
        .findFirst()
        .map(word -> "single".equals(word)
            ? "single: orders are on one machine's disk, and lost with it"
            : word);
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("services");
    services.forEach(status -> list.add(status.toJson()));
    return json;
  }
}
