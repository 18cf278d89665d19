package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one service is.
 *
 * @param pid empty when it is down
 * @param answers false when it is live and yet said nothing in time
 * @param foreign whether a process runs it that no command on this store has started
 * @param details all that it says of itself, by its own names
 */
public record ServiceStatus(
    Service service,
    ServiceState state,
    OptionalLong pid,
    String address,
    boolean answers,
    Duration uptime,
    boolean foreign,
    ObjectNode details) {

  /** Whether a service can do its work. */
  public enum ServiceState {
    LIVE,
    PAUSED,
    DOWN,
    /** Its process is there, its listener not yet. */
    STARTING,
    /** Its process is there, its files were deleted. */
    ORPHANED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a replica is at the moment, in lower case. */
  public Optional<String> role() {
    return text("role");
  }

  /** Whether it says that it leads or, a desk, that it is in office. */
  public boolean isLeader() {
    return role().filter(List.of("leader", "active")::contains).isPresent();
  }

  /** Which leadership it knows of, as counter.appointer. */
  public Optional<String> epoch() {
    return text("epoch");
  }

  long epochCounter() {
    return epoch().map(epoch -> Long.parseLong(epoch.split("\\.")[0])).orElse(0L);
  }

  /** The value of that name among the details, where it is there and not null. */
  Optional<String> text(String name) {
    return details.hasNonNull(name) ? Optional.of(details.get(name).asText()) : Optional.empty();
  }

  /** The number of that name among the details. */
  public OptionalLong number(String name) {
    return details.path(name).isNumber()
        ? OptionalLong.of(details.get(name).asLong())
        : OptionalLong.empty();
  }

  ObjectNode toJson() {
    ObjectNode json = Json.object().put("service", service.name()).put("state", state.toString());
    pid.ifPresent(known -> json.put("pid", known));
    json.put("address", address);
    if (foreign) {
      json.put("foreign", true);
    }
    if (pid.isPresent()) {
      json.put("answers", answers).put("uptimeMs", uptime.toMillis());
    }
    details.properties().forEach(field -> json.putIfAbsent(field.getKey(), field.getValue()));
    return json;
  }
}
