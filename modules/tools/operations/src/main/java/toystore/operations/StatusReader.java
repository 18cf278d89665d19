package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import toystore.operations.ServiceStatus.ServiceState;

/** Asks all services at once how they are; one that hangs costs only the limit. */
final class StatusReader {
  private static final Duration ONE_ANSWER = Duration.ofMillis(500);
  private static final Duration SECOND_ANSWER = Duration.ofMillis(1_500);

  private final Fleet fleet;

  StatusReader(Fleet fleet) {
    this.fleet = fleet;
  }

  StoreStatus read() {
    Map<Service, ServiceProcess> processes = fleet.processes();
    Set<Service> services = new TreeSet<>(Service.STARTING_ORDER);
    services.addAll(fleet.services());
    boolean all = processes.keySet().containsAll(services);
    List<RunningService> strangers = all ? List.of() : fleet.strangers();
    Set<Service> orphans = isRecorded(processes.keySet()) ? Set.of() : fleet.orphans();
    services.addAll(processes.keySet());

    List<CompletableFuture<ServiceStatus>> asked = new ArrayList<>();
    for (Service service : services) {
      ServiceProcess process = processes.get(service);
      asked.add(
          process == null
              ? foreignOrDown(service, strangers)
              : orphans.contains(service)
                  ? done(silent(service, ServiceState.ORPHANED, Optional.of(process)))
                  : status(service, process));
    }
    return withBehindBy(
        new StoreStatus(asked.stream().map(CompletableFuture::join).toList()));
  }

  private boolean isRecorded(Collection<Service> services) {
    return services.stream().allMatch(service -> fleet.recorded(service).isPresent());
  }

  private CompletableFuture<ServiceStatus> status(Service service, ServiceProcess process) {
    if (process.isPaused()) {
      return done(silent(service, ServiceState.PAUSED, Optional.of(process)));
    }
    if (!fleet.isConfigured()) {
      return done(silent(service, ServiceState.LIVE, Optional.of(process)));
    }
    if (service.kind() == Service.ServiceKind.DATABASE) {
      return CompletableFuture.supplyAsync(() -> database(service, process));
    }
    return askTwice(limit -> fleet.ask(service, "/state", limit))
        .thenApply(answer -> status(service, process, answer));
  }

  private ServiceStatus database(Service service, ServiceProcess process) {
    boolean answers = new OwnDatabase(fleet.folder()).answers(fleet.conf(service));
    return new ServiceStatus(
        service,
        answers ? ServiceState.LIVE : ServiceState.STARTING,
        OptionalLong.of(process.pid()),
        address(service),
        answers,
        process.uptime(),
        false,
        answers ? Json.object().put("role", "primary") : Json.object());
  }

  private CompletableFuture<ServiceStatus> foreignOrDown(
      Service service, List<RunningService> strangers) {
    Optional<RunningService> stranger = strangers.stream()
        .filter(running -> running.service().filter(service::equals).isPresent())
        .findFirst();
    return stranger
        .map(running -> askTwice(limit -> fleet.ask(service, running, "/state", limit))
            .thenApply(answer -> foreign(service, running, answer)))
        .orElseGet(() -> done(silent(service, ServiceState.DOWN, Optional.empty())));
  }

  private static ServiceStatus foreign(
      Service service, RunningService running, ServiceProbe.ProbeAnswer answer) {
    ServiceProcess process = new ServiceProcess(running.id());
    boolean itself = answer.isOk() && process.mayHaveSaid(answer.body());
    boolean refused = answer.kind() == ServiceProbe.ProbeAnswer.ProbeOutcome.REFUSED;
    return new ServiceStatus(
        service,
        process.isPaused()
            ? ServiceState.PAUSED
            : refused ? ServiceState.STARTING : ServiceState.LIVE,
        OptionalLong.of(process.pid()),
        Addresses.internal(service, running.configuration()),
        itself,
        process.uptime(),
        true,
        itself ? details(answer) : Json.object());
  }

  /** Silence is asked twice: the first call of a cold process on a busy machine is slow. */
  private static CompletableFuture<ServiceProbe.ProbeAnswer> askTwice(
      Function<Duration, CompletableFuture<ServiceProbe.ProbeAnswer>> ask) {
    return ask.apply(ONE_ANSWER)
        .thenCompose(answer -> answer.kind() == ServiceProbe.ProbeAnswer.ProbeOutcome.SILENT
            ? ask.apply(SECOND_ANSWER)
            : done(answer));
  }

  private static <T> CompletableFuture<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private ServiceStatus silent(
      Service service, ServiceState state, Optional<ServiceProcess> process) {
    return new ServiceStatus(
        service,
        state,
        process.map(running -> OptionalLong.of(running.pid())).orElse(OptionalLong.empty()),
        address(service),
        false,
        process.map(ServiceProcess::uptime).orElse(Duration.ZERO),
        false,
        Json.object());
  }

  private String address(Service service) {
    return fleet.isConfigured() ? fleet.internalAddress(service) : "";
  }

  private ServiceStatus status(
      Service service, ServiceProcess process, ServiceProbe.ProbeAnswer answer) {
    boolean itself = process.mayHaveSaid(answer.body());
    boolean refused = answer.kind() == ServiceProbe.ProbeAnswer.ProbeOutcome.REFUSED;
    return new ServiceStatus(
        service,
        refused || !itself ? ServiceState.STARTING : ServiceState.LIVE,
        OptionalLong.of(process.pid()),
        address(service),
        answer.isOk() && itself,
        process.uptime(),
        false,
        itself ? details(answer) : Json.object());
  }

  /** Roles are words for people here, and constants of code there. */
  private static ObjectNode details(ServiceProbe.ProbeAnswer answer) {
    if (!answer.isOk() || !(answer.body() instanceof ObjectNode)) {
      return Json.object();
    }
    ObjectNode details = answer.body().deepCopy();
    details.remove("process"); // It is the operator who says which.
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
