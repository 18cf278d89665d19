package toystore.operations;

import io.vertx.pgclient.PgConnectOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A store of real processes on one machine, whose data is in one folder. The processes outlive this
 * object: another one, also in another program, on the same folder finds them.
 *
 * <p>Every method waits for what it does, within limits, and throws {@link OperationFailed} when it
 * cannot be done. Methods may be called from any thread.
 */
public final class LocalStore {
  /** Another command may start a store on a slow machine meanwhile. */
  private static final Duration UNTIL_LOCKED = Duration.ofMinutes(10);

  private static final Duration UNTIL_LED = Duration.ofSeconds(120);

  private final Fleet fleet;

  private LocalStore(Fleet fleet) {
    this.fleet = fleet;
  }

  /** The store in that folder, which need not exist yet; nobody is told what is being done. */
  public static LocalStore in(Path data) {
    return in(data, Operator.NOBODY);
  }

  /**
   * The store in that folder.
   *
   * @param news told, in words for a person, what is being done
   */
  public static LocalStore in(Path data, Consumer<String> news) {
    return of(Installation.find(), data, news);
  }

  static LocalStore of(Installation installation, Path data, Consumer<String> news) {
    return of(installation, data, Operator.hearing(news));
  }

  static LocalStore of(Installation installation, Path data, Operator operator) {
    return new LocalStore(
        new Fleet(installation, new StoreFolder(data.toAbsolutePath().normalize()), operator));
  }

  /** The same store; processes started by it get these environment variables too. */
  public LocalStore withEnvironment(Map<String, String> variables) {
    return new LocalStore(fleet.with(fleet.launchOptions().withEnvironment(variables)));
  }

  /**
   * The same store; a program starts each of its processes, such as one that changes the network.
   *
   * @param starter by the name of a service, the program with its arguments, to which the command
   *     of the service is added; the program must replace itself by that. Empty for none.
   */
  public LocalStore withStarter(Function<String, List<String>> starter) {
    return new LocalStore(fleet.with(fleet.launchOptions().withStarter(starter)));
  }

  /**
   * Starts what does not run yet, and waits until the store serves, however long that takes.
   *
   * @return false when it was up already
   */
  public boolean up(UpOptions options) {
    return up(options, StartLimit.NONE);
  }

  boolean up(UpOptions options, StartLimit limit) {
    if (fleet.isInstalled()) {
      lab().refuseInstalled(options);
      boolean wasUp = fleet.processes().keySet().containsAll(fleet.services());
      fleet.services().forEach(Units::start);
      return !wasUp;
    }
    if (!Files.exists(fleet.folder().root())) {
      adopt(fleet.processes()); // Refused before a lock makes the folder anew.
    }
    Startup startup = new Startup(fleet, limit);
    Preparation preparation = new Preparation(fleet);
    boolean serving = false;
    try {
      boolean started = locked(() -> startMissing(options, preparation, startup));
      startup.finish(this::alone);
      if (!preparation.isMade()) {
        sayWithoutEffect(options);
      }
      startup.awaitServing();
      serving = true;
      return started;
    } finally {
      if (!serving && preparation.isMade() && Files.exists(fleet.folder().root())) {
        locked(preparation::undo);
      }
    }
  }

  private boolean startMissing(UpOptions options, Preparation preparation, Startup startup) {
    Map<Service, ServiceProcess> running = fleet.processes();
    if (running.isEmpty()) {
      preparation.make(options);
      startup.begin(fleet.services());
      return true;
    }
    adopt(running);
    refuseOtherEngine(options);
    resumePaused(running);
    List<Service> missing = fleet.services().stream()
        .filter(service -> !running.containsKey(service))
        .toList();
    startup.begin(missing);
    return !missing.isEmpty();
  }

  /** Names those in run files that have none, unless the files that they work on are gone. */
  private void adopt(Map<Service, ServiceProcess> running) {
    Map<Service, ServiceProcess> unrecorded = new LinkedHashMap<>(running);
    unrecorded.keySet().removeIf(service -> fleet.recorded(service).isPresent());
    if (unrecorded.isEmpty()) {
      return;
    }
    if (!fleet.isConfigured() || fleet.orphans().stream().anyMatch(unrecorded::containsKey)) {
      throw new OperationFailed(fleet.whyOrphaned(unrecorded) + "; then use up again");
    }
    unrecorded.forEach((service, process) -> process.record(fleet.folder().run(service)));
  }

  private void sayWithoutEffect(UpOptions options) {
    List<String> without = options.withoutEffect(fleet.folder().memory(), lab().plan());
    if (!without.isEmpty()) {
      fleet.say(String.join(", ", without)
          + " took no effect, for the store was up already, all or part of it: use down first");
    }
  }

  private void resumePaused(Map<Service, ServiceProcess> running) {
    running.forEach((service, process) -> {
      if (process.isPaused()) {
        process.resume();
        fleet.say(service + " was paused and goes on");
      }
    });
  }

  private void refuseOtherEngine(UpOptions options) {
    options.engine().filter(asked -> asked != fleet.engine()).ifPresent(asked -> {
      throw new OperationFailed("the store is up with the engine " + fleet.engine());
    });
  }

  /** Ends all processes, gracefully where they let it; the names of those that ran. */
  public List<String> down() {
    if (fleet.isInstalled()) {
      List<Service> running = new ArrayList<>(fleet.running());
      Collections.reverse(running); // who calls before who is called
      running.forEach(Units::stop);
      return running.stream().map(Service::name).toList();
    }
    Supplier<List<String>> work = () -> new Shutdown(fleet).stopStore();
    // A lock in a folder that is not there would make it.
    return Files.exists(fleet.folder().root()) ? locked(work) : work.get();
  }

  /** Processes, in words, that use this store's files though no command on it has started them. */
  List<String> strangers() {
    return fleet.strangers().stream().map(RunningService::toString).toList();
  }

  /** Where other stores of this checkout run, in words; empty when there are none. */
  Optional<String> elsewhere() {
    return fleet.elsewhere();
  }

  public StoreStatus status() {
    return new StatusReader(fleet).read();
  }

  /** What a status does not show in its rows: who is in the way, and what to do. */
  List<String> remarks(StoreStatus status) {
    return new Remarks(fleet).on(status);
  }

  /** Ends the process at once, as a crash does. */
  public void kill(String name) {
    Service service = fleet.find(name);
    process(service).kill();
    if (fleet.isInstalled()) {
      Units.keepDown(service);
    }
  }

  /** Makes it hang until it is resumed. */
  public void pause(String name) {
    process(fleet.find(name)).pause();
  }

  public void resume(String name) {
    process(fleet.find(name)).resume();
  }

  /** Ends the process gracefully. */
  public void stop(String name) {
    Service service = fleet.find(name);
    process(service);
    if (fleet.isInstalled()) {
      Units.stop(service);
      return;
    }
    new Shutdown(fleet).stop(List.of(service));
  }

  /**
   * Starts one service of a store that was up before, and waits a little until it is ready: what it
   * waits for itself is said then, and is no failure.
   */
  public void start(String name) {
    start(name, StartLimit.NONE);
  }

  void start(String name, StartLimit limit) {
    Service service = fleet.find(name);
    if (!fleet.isConfigured()) {
      throw new OperationFailed("there is no store in " + fleet.folder().root() + " yet: use up"
          + fleet.elsewhere().map(where -> "; " + where).orElse(""));
    }
    if (fleet.isInstalled()) {
      Units.start(service);
      return;
    }
    Startup startup = new Startup(fleet, limit);
    alone(() -> {
      if (fleet.process(service).isPresent()) {
        throw new OperationFailed(service + " is up already");
      }
      startup.begin(List.of(service));
    });
    startup.finish(this::alone);
    startup.awaitReady(service);
  }

  /** Restarts all services, one at a time, so that customers do not notice. */
  public void restartAll() {
    restart(List.of(), StartLimit.NONE);
  }

  /** @param names of the services to restart; empty for all */
  void restart(List<String> names, StartLimit limit) {
    List<Service> services =
        names.isEmpty() ? fleet.programs() : names.stream().map(fleet::find).toList();
    if (fleet.running().isEmpty()) {
      throw new OperationFailed(fleet.whyNotUp(services.get(0)));
    }
    new RollingRestart(fleet, limit, this::alone)
        .run(services, fleet.installation().lib());
  }

  /** Replaces the files of a replica by what the other replicas have. */
  public void rebuild(String name) {
    Service service = fleet.find(name);
    if (fleet.isInstalled()) {
      throw new OperationFailed("systemd runs " + service + " here: stop it, move "
          + fleet.folder().data(service) + " aside, start it; it fetches the orders of the others");
    }
    locked(() -> {
      new ReplicaRebuild(fleet, UNTIL_LED).run(service);
      return service;
    });
  }

  /** Waits for rest, at most so long, and checks the store's promises. */
  public AuditReport audit(Duration limit) {
    return new Auditor(fleet).audit(limit);
  }

  /** The page that breaks it, if it was started with one. */
  public Lab lab() {
    return new Lab(fleet);
  }

  /** Takes all that it holds to another place, and brings it back. */
  public StoreArchive archive() {
    return new StoreArchive(fleet, UNTIL_LOCKED);
  }

  /** What each service that runs has used of the machine so far, in starting order. */
  public List<ServiceUse> uses() {
    return fleet.processes().entrySet().stream()
        .flatMap(each -> ServiceUse.of(each.getKey().name(), each.getValue().pid()).stream())
        .toList();
  }

  /** Where clients find the store: one address a front-end. */
  public List<URI> addresses() {
    return fleet.publicAddresses();
  }

  /** The internal listener of a service, as host:port. */
  public String internalAddress(String name) {
    return fleet.internalAddress(fleet.find(name));
  }

  /** What the services know each other by. */
  public String token() {
    return fleet.folder().readToken();
  }

  /** The log of a service. */
  public Path log(String name) {
    return fleet.folder().log(fleet.find(name));
  }

  /** The folder of a service's own data. */
  public Path data(String name) {
    return fleet.folder().data(fleet.find(name));
  }

  /** What the database of a store on PostgreSQL holds. */
  StoreBooks books() {
    return new StoreBooks(fleet);
  }

  /** How its database is reached; empty for a store whose replicas keep the orders. */
  public Optional<PgConnectOptions> database() {
    return books().database();
  }

  /** A replica's database file. */
  public Path orders(int replica) {
    return fleet.folder().orders(Service.replica(replica));
  }

  /**
   * What the file of each replica holds, or the database: the committed orders in number order, as
   * JSON, one a line.
   */
  public List<List<String>> committedOrders() {
    return books().lines();
  }

  private ServiceProcess process(Service service) {
    return fleet.process(service).orElseThrow(() -> new OperationFailed(fleet.whyNotUp(service)));
  }

  private void alone(Runnable work) {
    locked(() -> {
      work.run();
      return work;
    });
  }

  private <T> T locked(Supplier<T> work) {
    return fleet.folder().locked(OperatorWait.of(fleet.operator(), UNTIL_LOCKED), work);
  }
}
