package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Whether services can do their part, and the store its whole; and if not, why not. */
final class Readiness {
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final int NO_SUCH_TOY = HttpURLConnection.HTTP_NOT_FOUND;

  private final Fleet fleet;

  Readiness(Fleet fleet) {
    this.fleet = fleet;
  }

  /** A replica takes part from when it may be led; its own /ready says that it leads. */
  boolean isReady(Service service) {
    return switch (service.kind()) {
      case ORDER -> said(service, "/health", "eligible");
      case DESK -> said(service, "/state", "connected");
      case DATABASE -> new OwnDatabase(fleet.folder()).answers(fleet.conf(service));
      case CATALOG, FRONT_END -> fleet.ask(service, "/ready", ONE_ANSWER).join().isOk();
    };
  }

  private boolean said(Service service, String path, String flag) {
    return fleet.ask(service, path, ONE_ANSWER).join().body().path(flag).asBoolean();
  }

  /** What a service that runs and is not ready waits for. */
  static String need(Service service) {
    return switch (service.kind()) {
      case CATALOG -> "its disk";
      case ORDER -> "all other replicas, to fetch from them what it has lost";
      case DESK -> "the database";
      case DATABASE -> "its own recovery";
      case FRONT_END -> "the catalog and a replica that leads";
    };
  }

  boolean isServing() {
    return hasLeader() && silentFrontEnds().isEmpty();
  }

  private boolean hasLeader() {
    return health().values().stream().anyMatch(body -> body.path("serving").asBoolean());
  }

  private List<URI> silentFrontEnds() {
    return fleet.publicAddresses().stream()
        .filter(address -> !tellsOfProducts(address))
        .toList();
  }

  /** The catalog knows whether there is such a toy. All toys may be a million. */
  private boolean tellsOfProducts(URI frontEnd) {
    ServiceProbe.ProbeAnswer answer =
        fleet.askPublic(frontEnd, "/products/any", ONE_ANSWER).join();
    return answer.isOk() || answer.body().at("/error/code").asInt() == NO_SUCH_TOY;
  }

  /** What each replica that runs says of itself. */
  private Map<Service, JsonNode> health() {
    Map<Service, CompletableFuture<ServiceProbe.ProbeAnswer>> asked = new LinkedHashMap<>();
    // All are asked before the first is waited for.
    fleet.leaders().stream()
        .filter(replica -> fleet.recorded(replica).isPresent())
        .forEach(replica -> asked.put(replica, fleet.ask(replica, "/health", ONE_ANSWER)));
    Map<Service, JsonNode> health = new LinkedHashMap<>();
    asked.forEach((replica, answer) -> health.put(replica, answer.join().body()));
    return health;
  }

  /** In words: why the store does not serve. */
  String obstacles() {
    Map<Service, JsonNode> health = health();
    List<String> words = new ArrayList<>();
    if (health.values().stream().noneMatch(body -> body.path("serving").asBoolean())) {
      health.forEach((replica, body) -> words.add(replica + " " + condition(replica, body)));
      words.add(0, "nobody leads yet");
    }
    silentFrontEnds().forEach(address -> words.add(address + " does not answer with products yet"));
    return words.isEmpty() ? "it does now" : String.join(", ", words);
  }

  private static String condition(Service replica, JsonNode health) {
    if (health.isEmpty()) {
      return "does not answer";
    }
    if (health.hasNonNull("trouble")) {
      return "says: " + health.path("trouble").asText();
    }
    if (replica.kind() == Service.ServiceKind.ORDER && !health.path("eligible").asBoolean()) {
      return "waits for " + need(replica);
    }
    return health.path("ready").asBoolean()
        ? "leads, and hears no majority or no catalog"
        : "answers and does not lead";
  }
}
