package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import toystore.model.ToyBooks;
import toystore.operations.AuditReport.Verdict;
import toystore.operations.AuditSample.ReplicaBooks;

/** Asks a running store for its books until it is at rest, and checks them. */
final class Auditor {
  private static final Duration ONE_ANSWER = Duration.ofSeconds(10);
  private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(200);

  /** Books that stay the same for so long are not on their way to anything better. */
  private static final Duration STILL = Duration.ofSeconds(10);

  private final Fleet fleet;
  private AuditSample last = new AuditSample(List.of(), Map.of());
  private long lastChangeNanos;

  Auditor(Fleet fleet) {
    this.fleet = fleet;
  }

  AuditReport audit(Duration limit) {
    if (!fleet.isConfigured() && !fleet.running().isEmpty()) {
      return report(Verdict.CANNOT_TELL, List.of(fleet.whyOrphaned(fleet.processes())));
    }
    if (!fleet.engine().hasReplicas()) {
      return new StoreBooks(fleet).audit();
    }
    List<String> down = fleet.services().stream()
        .filter(service -> service.kind() != Service.ServiceKind.FRONT_END)
        .filter(service -> fleet.process(service).isEmpty())
        .filter(service -> !answers(service))
        .map(service -> service + " is down")
        .collect(Collectors.toCollection(ArrayList::new));
    if (!down.isEmpty()) {
      if (fleet.running().isEmpty()) {
        down.add("nothing is up in " + fleet.folder().root());
        fleet.elsewhere().ifPresent(down::add);
      }
      return report(Verdict.CANNOT_TELL, down);
    }
    TimeLimit deadline = TimeLimit.in(limit);
    lastChangeNanos = System.nanoTime();
    List<String> obstacles;
    do {
      AuditSample before = last;
      obstacles = takeSample();
      boolean same = obstacles.isEmpty() && last.equals(before);
      if (!same) {
        lastChangeNanos = System.nanoTime();
      } else if (last.looksAtRest() || isStill()) {
        List<String> broken = AuditRules.broken(last, countFiles());
        return report(broken.isEmpty() ? Verdict.HOLDS : Verdict.BROKEN, broken);
      }
    } while (deadline.pause(BETWEEN_SAMPLES));
    return report(
        Verdict.CANNOT_TELL,
        obstacles.isEmpty()
            ? List.of("the store did not come to rest within " + limit.toSeconds() + " s")
            : obstacles);
  }

  /** As one does that was started by hand. */
  private boolean answers(Service service) {
    return fleet.isConfigured()
        && fleet.ask(service, "/state", ONE_ANSWER).join().isOk();
  }

  private boolean isStill() {
    return System.nanoTime() - lastChangeNanos > STILL.toNanos();
  }

  private AuditReport report(Verdict verdict, List<String> findings) {
    return new AuditReport(verdict, findings, last);
  }

  /** Says why there is no whole sample; then the last one stays. */
  private List<String> takeSample() {
    Map<Service, JsonNode> answers = new LinkedHashMap<>();
    List<String> obstacles = new ArrayList<>();
    for (Service service : fleet.services()) {
      if (service.kind() != Service.ServiceKind.FRONT_END) {
        String path = service.kind() == Service.ServiceKind.CATALOG ? "/audit" : "/summary";
        ServiceProbe.ProbeAnswer answer = fleet.ask(service, path, ONE_ANSWER).join();
        answers.put(service, answer.body());
        if (!answer.isOk()) {
          obstacles.add(service + " does not say" + reason(answer));
        }
      }
    }
    if (obstacles.isEmpty()) {
      last = sample(answers);
    }
    return obstacles;
  }

  private static String reason(ServiceProbe.ProbeAnswer answer) {
    String message = answer.body().path("error").path("message").asText("");
    return message.isEmpty() ? "" : ": " + message;
  }

  private AuditSample sample(Map<Service, JsonNode> answers) {
    List<ToyBooks> toys = new ArrayList<>();
    Map<String, ReplicaBooks> replicas = new HashMap<>();
    answers.forEach((service, answer) -> {
      if (service.kind() == Service.ServiceKind.CATALOG) {
        answer.path("toys").forEach(toy -> toys.add(toy(toy)));
      } else {
        replicas.put(service.name(), replica(service, answer));
      }
    });
    return new AuditSample(toys, replicas);
  }

  private static ToyBooks toy(JsonNode toy) {
    return new ToyBooks(
        toy.path("name").asText(),
        toy.path("initial").asLong(),
        toy.path("restocked").asLong(),
        toy.path("inStock").asLong(),
        toy.path("held").asLong(),
        toy.path("sold").asLong());
  }

  private ReplicaBooks replica(Service service, JsonNode summary) {
    Map<String, Long> sold = new HashMap<>();
    summary
        .path("sold")
        .properties()
        .forEach(toy -> sold.put(toy.getKey(), toy.getValue().asLong()));
    try (OrderFile file = OrderFile.open(fleet.folder().orders(service))) {
      return new ReplicaBooks(
          summary.path("orders").asLong(), summary.path("digest").asText(), sold, file.newest());
    }
  }

  /**
   * Once, when the books are at rest, and however long it takes: in a file of ten million orders it
   * takes longer than an audit waits for rest.
   */
  private Map<String, OrderFile.Count> countFiles() {
    Map<String, OrderFile.Count> files = new HashMap<>();
    for (Service replica : Service.replicas()) {
      if (last.replicas().containsKey(replica.name())) {
        try (OrderFile file = OrderFile.open(fleet.folder().orders(replica))) {
          files.put(replica.name(), file.count());
        }
      }
    }
    return files;
  }
}
