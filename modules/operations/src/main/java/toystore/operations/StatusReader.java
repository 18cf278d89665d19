package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import toystore.operations.ServiceStatus.State;

/** Asks all services at once how they are; one that hangs costs only the limit. */
final class StatusReader {
  private static final Duration ONE_ANSWER = Duration.ofMillis(500);

  private final Fleet fleet;

  StatusReader(Fleet fleet) {
    this.fleet = fleet;
  }

  StoreStatus read() {
    List<CompletableFuture<ServiceStatus>> asked =
        fleet.services().stream().map(this::status).toList();
    return withBehindBy(
        new StoreStatus(asked.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<ServiceStatus> status(Service service) {
    Optional<ServiceProcess> process = fleet.process(service);
    if (process.isEmpty() || process.get().isPaused()) {
      return CompletableFuture.completedFuture(silent(service, process));
    }
    return fleet
        .ask(service, "/state", ONE_ANSWER)
        // Silence is asked twice: the first call of a cold process on a busy machine is slow.
        .thenCompose(answer -> answer.kind() == Probe.Answer.Kind.SILENT
            ? fleet.ask(service, "/state", ONE_ANSWER)
            : CompletableFuture.completedFuture(answer))
        .thenApply(answer -> status(service, process.get(), answer));
  }

  private ServiceStatus silent(Service service, Optional<ServiceProcess> process) {
    return new ServiceStatus(
        service,
        process.isPresent() ? State.PAUSED : State.DOWN,
        process.map(running -> OptionalLong.of(running.pid())).orElse(OptionalLong.empty()),
        address(service),
        false,
        process.map(ServiceProcess::uptime).orElse(Duration.ZERO),
        Json.object());
  }

  private String address(Service service) {
    return fleet.isConfigured() ? fleet.internalAddress(service) : "";
  }

  private ServiceStatus status(Service service, ServiceProcess process, Probe.Answer answer) {
    boolean refused = answer.kind() == Probe.Answer.Kind.REFUSED;
    return new ServiceStatus(
        service,
        refused ? State.STARTING : State.LIVE,
        OptionalLong.of(process.pid()),
        address(service),
        answer.isOk(),
        process.uptime(),
        details(answer));
  }

  /** Roles are words for people here, and constants of code there. */
  private static ObjectNode details(Probe.Answer answer) {
    if (!answer.isOk() || !(answer.body() instanceof ObjectNode)) {
      return Json.object();
    }
    ObjectNode details = answer.body().deepCopy();
    JsonNode role = details.path("role");
    if (role.isTextual()) {
      details.put("role", role.asText().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return details;
  }

  /** How many orders each replica has yet to learn of, where it does not say so itself. */
  private static StoreStatus withBehindBy(StoreStatus status) {
    long most = status.services().stream()
        .mapToLong(service -> service.number("lastOrder").orElse(-1))
        .max()
        .orElse(-1);
    for (ServiceStatus service : status.services()) {
      OptionalLong last = service.number("lastOrder");
      if (last.isPresent() && service.number("behindBy").isEmpty()) {
        service.details().put("behindBy", most - last.getAsLong());
      }
    }
    return status;
  }
}
