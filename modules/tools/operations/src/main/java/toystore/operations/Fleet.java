package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import toystore.model.EngineName;

/** The services of one store, as the data folder knows them and as they answer now. */
final class Fleet {
  private final Installation installation;
  private final StoreFolder folder;
  private final Operator operator;
  private final LaunchOptions launchOptions;
  private ServiceProbe probe;

  /**
   * The fleet of that folder.
   *
   * @param operator for whom it is worked
   */
  Fleet(Installation installation, StoreFolder folder, Operator operator) {
    this(installation, folder, operator, LaunchOptions.none());
  }

  /** The same, whose processes are started so. */
  Fleet(
      Installation installation,
      StoreFolder folder,
      Operator operator,
      LaunchOptions launchOptions) {
    this.installation = installation;
    this.folder = folder;
    this.operator = operator;
    this.launchOptions = launchOptions;
  }

  Installation installation() {
    return installation;
  }

  Fleet with(LaunchOptions other) {
    return new Fleet(installation, folder, operator, other);
  }

  LaunchOptions launchOptions() {
    return launchOptions;
  }

  StoreFolder folder() {
    return folder;
  }

  void say(String line) {
    operator.say(line);
  }

  Operator operator() {
    return operator;
  }

  EngineName engine() {
    return folder.memory().map(Memory::engine).orElse(EngineName.usual());
  }

  /** All services, in starting order. */
  List<Service> services() {
    List<Service> all = folder.memory().map(Memory::services).orElseGet(() -> Service.all(1));
    // A machine of an installation has those that it has a configuration of.
    return isInstalled()
        ? all.stream().filter(service -> Files.exists(folder.conf(service))).toList()
        : all;
  }

  /** Whether systemd runs the services, and not commands. */
  boolean isInstalled() {
    return folder.installedConf().isPresent();
  }

  Service find(String name) {
    return services().stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnknownService(name, services()));
  }

  /** The process that runs the service, as its run file names it. */
  Optional<ServiceProcess> recorded(Service service) {
    if (!isInstalled()) {
      return ServiceProcess.recorded(folder.run(service));
    }
    Path conf = folder.conf(service);
    return RunningServices.take().all().stream()
        .filter(running -> running.conf().equals(conf))
        .map(running -> new ServiceProcess(running.id()))
        .findFirst();
  }

  /** The process that runs the service, if a command on this store has started it. */
  Optional<ServiceProcess> process(Service service) {
    return recorded(service).or(() -> Optional.ofNullable(unrecorded().get(service)));
  }

  /** All such processes, in starting order. */
  Map<Service, ServiceProcess> processes() {
    Map<Service, ServiceProcess> running = new TreeMap<>(Service.STARTING_ORDER);
    services().forEach(service -> recorded(service).ifPresent(its -> running.put(service, its)));
    if (!running.keySet().containsAll(services())) {
      unrecorded().forEach(running::putIfAbsent);
    }
    return running;
  }

  /** Which services have a process, and whether that is paused. */
  Map<String, ServiceStatus.ServiceState> states() {
    Map<Service, ServiceProcess> running = processes();
    Map<String, ServiceStatus.ServiceState> states = new LinkedHashMap<>();
    services()
        .forEach(service -> states.put(
            service.name(),
            !running.containsKey(service)
                ? ServiceStatus.ServiceState.DOWN
                : running.get(service).isPaused()
                    ? ServiceStatus.ServiceState.PAUSED
                    : ServiceStatus.ServiceState.LIVE));
    return states;
  }

  /**
   * Processes that a command on this store has started, and no run file names: the folder was
   * deleted, or the command was killed at the wrong moment.
   */
  private Map<Service, ServiceProcess> unrecorded() {
    Map<Service, ServiceProcess> found = new TreeMap<>(Service.STARTING_ORDER);
    for (RunningService running : RunningServices.take().startedIn(folder)) {
      running.service().ifPresent(its -> found.put(its, new ServiceProcess(running.id())));
    }
    return found;
  }

  /** Processes that use this store's files, and that no command on it has started. */
  List<RunningService> strangers() {
    Set<Long> known = new HashSet<>();
    services().forEach(service -> recorded(service).ifPresent(its -> known.add(its.pid())));
    return RunningServices.take().strangersIn(folder).stream()
        .filter(running -> !known.contains(running.id().pid()))
        .toList();
  }

  /** Services that a command on this store has started, and whose files were deleted meanwhile. */
  Set<Service> orphans() {
    return RunningServices.take().startedIn(folder).stream()
        .filter(
            running -> running.mark().map(RunningService.StoreMark::folderGone).orElse(false))
        .flatMap(running -> running.service().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Where other stores of this checkout run, in words; empty when there are none. */
  Optional<String> elsewhere() {
    List<Path> others = RunningServices.take().storesOf(installation, folder);
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("stores of this checkout run with "
            + others.stream().map(root -> "--data " + root).collect(Collectors.joining(", ")));
  }

  /** Says so of a service for which there is no process. */
  String whyNotUp(Service service) {
    Optional<RunningService> stranger = strangers().stream()
        .filter(running -> running.service().filter(service::equals).isPresent())
        .findFirst();
    if (stranger.isPresent()) {
      return service + " is run by " + stranger.get() + Obstacles.NOT_OURS + ": it is left alone";
    }
    return running().isEmpty()
        ? service + " is not up: nothing is, in " + folder.root()
            + elsewhere().map(where -> "; " + where).orElse("")
        : service + " is not up";
  }

  /** Says what became of processes whose files were deleted, and how to end them. */
  String whyOrphaned(Map<Service, ServiceProcess> processes) {
    return "the folder " + folder.root() + " was deleted while "
        + processes.entrySet().stream()
            .map(its -> its.getKey() + " (pid " + its.getValue().pid() + ")")
            .collect(Collectors.joining(", "))
        + " ran: bin/toystore down ends them";
  }

  /** Services that run, also such as this folder knows no more. */
  List<Service> running() {
    return List.copyOf(processes().keySet());
  }

  List<Service> frontEnds() {
    return only(service -> service.kind() == Service.ServiceKind.FRONT_END);
  }

  /** Those of this program's own build. */
  List<Service> programs() {
    return only(service -> service.kind() != Service.ServiceKind.DATABASE);
  }

  /** Those of which one leads: replicas, or desks. */
  List<Service> leaders() {
    return only(service ->
        service.kind() == Service.ServiceKind.ORDER || service.kind() == Service.ServiceKind.DESK);
  }

  private List<Service> only(Predicate<Service> rule) {
    return services().stream().filter(rule).collect(Collectors.toUnmodifiableList());
  }

  /** What the service runs with, or last ran with. */
  ObjectNode conf(Service service) {
    return Json.read(folder.conf(service));
  }

  boolean isConfigured() {
    return services().stream().allMatch(service -> Files.exists(folder.conf(service)));
  }

  String internalAddress(Service service) {
    return Addresses.internal(service, conf(service));
  }

  /** Where clients find the store, one address a front-end. */
  List<URI> publicAddresses() {
    return frontEnds().stream()
        .map(frontEnd -> Addresses.publicUri(conf(frontEnd)))
        .collect(Collectors.toUnmodifiableList());
  }

  /** Asks on the internal listener. */
  CompletableFuture<ServiceProbe.ProbeAnswer> ask(Service service, String path, Duration limit) {
    URI address = Addresses.internalUri(service, conf(service));
    return probe().get(address, path, folder.readToken(), limit);
  }

  /** Tells a service something on its internal listener. */
  CompletableFuture<ServiceProbe.ProbeAnswer> tell(
      Service service, String path, JsonNode message, Duration limit) {
    URI address = Addresses.internalUri(service, conf(service));
    return probe().post(address, path, folder.readToken(), message, limit);
  }

  /** Asks a process that runs a service with a configuration of its own. */
  CompletableFuture<ServiceProbe.ProbeAnswer> ask(
      Service service, RunningService stranger, String path, Duration limit) {
    URI address = Addresses.internalUri(service, stranger.configuration());
    return probe().get(address, path, stranger.token(), limit);
  }

  /** Asks a front-end what clients ask; they know no token. */
  CompletableFuture<ServiceProbe.ProbeAnswer> askPublic(URI frontEnd, String path, Duration limit) {
    return probe().get(frontEnd, path, "", limit);
  }

  private synchronized ServiceProbe probe() {
    if (probe == null) {
      Set<Path> authorities = new TreeSet<>();
      for (Service service : isConfigured() ? services() : List.<Service>of()) {
        for (String section : new String[] {"tls", "publicTls"}) {
          String authority = conf(service).path(section).path("authority").asText("");
          if (!authority.isEmpty()) {
            authorities.add(installation.home().resolve(authority));
          }
        }
      }
      probe = new ServiceProbe(authorities);
    }
    return probe;
  }
}
