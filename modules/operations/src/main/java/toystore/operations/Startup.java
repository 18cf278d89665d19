package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts services, and waits for what was started. */
final class Startup {
  private static final Duration UNTIL_READY = Duration.ofSeconds(60);
  private static final Duration UNTIL_SERVING = Duration.ofSeconds(60);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final int LOG_LINES = 15;

  private final Fleet fleet;

  Startup(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Starts these, in this order, each once the kind before it is ready: replicas start together, for they need each
   * other, and the front-end finds what it needs. What was started is stopped again when one fails.
   */
  void start(List<Service> services) {
    List<Service> started = new ArrayList<>();
    try {
      for (Service.Kind kind : Service.Kind.values()) {
        Map<Service, Started> together = new LinkedHashMap<>();
        for (Service service : services) {
          if (service.kind() == kind) {
            long logStart = LogTail.size(fleet.folder().log(service));
            started.add(service);
            together.put(service, new Started(launch().start(service), logStart));
          }
        }
        together.forEach(this::awaitReady);
      }
    } catch (OperationFailed e) {
      Collections.reverse(started);
      new Shutdown(fleet).stop(started);
      throw e;
    }
  }

  /** A process, and where in its log its own lines begin. */
  private record Started(ServiceProcess process, long logStart) {}

  private Launch launch() {
    return new Launch(fleet.checkout(), fleet.folder(), fleet.engine());
  }

  private void awaitReady(Service service, Started started) {
    boolean ready = Deadline.await(
        UNTIL_READY, () -> started.process().isGone() || isReady(service, started.process()));
    if (started.process().isGone()) {
      throw new OperationFailed(service + " ended while it started:\n" + tail(service, started));
    }
    if (!ready) {
      throw new OperationFailed(service + " was not ready within " + UNTIL_READY.toSeconds()
          + " s:\n" + tail(service, started));
    }
    fleet.say(service + " is ready: pid " + started.process().pid() + ", "
        + fleet.internalAddress(service));
  }

  /** A replica is ready to lead only once it is appointed, but up as soon as it answers. */
  private boolean isReady(Service service, ServiceProcess process) {
    String path = service.kind() == Service.Kind.ORDER ? "/health" : "/ready";
    // Not somebody else's listener on that port: then this process is about to end.
    return fleet.ask(service, path, ONE_ANSWER).join().isOk() && !process.isGone();
  }

  private String tail(Service service, Started started) {
    Path log = fleet.folder().log(service);
    List<String> lines = LogTail.since(log, started.logStart(), LOG_LINES);
    return (lines.isEmpty() ? "  (it wrote nothing)" : "  " + String.join("\n  ", lines))
        + "\n  log: " + log;
  }

  /** Waits until clients are served: products by every front-end, and purchases by a leader. */
  void awaitServing() {
    if (!Deadline.await(UNTIL_SERVING, this::isServing)) {
      throw new OperationFailed(
          "the store does not serve though its processes run: see bin/toystore status, and the logs in "
              + fleet.folder().log(Service.CATALOG).getParent());
    }
  }

  boolean isServing() {
    return hasLeader()
        && fleet.publicAddresses().stream()
            .allMatch(address ->
                fleet.askPublic(address, "/products", ONE_ANSWER).join().isOk());
  }

  private boolean hasLeader() {
    return Service.replicas().stream()
        .filter(replica -> fleet.process(replica).isPresent())
        .map(replica -> fleet.ask(replica, "/health", ONE_ANSWER))
        .toList()
        .stream()
        .anyMatch(answer -> answer.join().body().path("serving").asBoolean());
  }

  /**
   * Makes what all services start from, when none runs: the configuration, the token and a copy of the jars.
   *
   * @throws OperationFailed when the folder's orders are another engine's
   */
  void prepare(UpOptions options) {
    StoreFolder folder = fleet.folder();
    var before = folder.memory();
    Engine engine =
        options.engine().or(() -> before.map(Memory::engine)).orElse(Engine.PRIMARY_BACKUP);
    before
        .map(Memory::engine)
        .filter(owner -> owner != engine)
        .ifPresent(owner -> refuse(engine, owner));
    int frontEnds = options.frontEnds().orElse(1);

    Configuration configuration = new Configuration(
            templates(options.conf().orElse(fleet.checkout().conf()), engine, frontEnds))
        .in(folder)
        .withEngine(engine)
        .withCache(options.cache());
    before.ifPresent(memory -> configuration.withStock(memory.stock()));
    options.stock().ifPresent(configuration::withStock);
    if (options.freePorts()) {
      configuration.withPorts(new FreePorts());
    }
    before
        .filter(memory -> memory.stock() != configuration.stock())
        .ifPresent(memory -> fleet.say(restocked(memory.stock(), configuration.stock())));

    folder.remember(new Memory(engine, configuration.stock(), frontEnds));
    folder.makeToken();
    configuration.services().forEach((service, conf) -> Json.write(folder.conf(service), conf));
    LibCopy.refresh(fleet.checkout().lib(), folder.lib());
  }

  private void refuse(Engine asked, Engine owner) {
    throw new OperationFailed("the orders in "
        + fleet.folder().root()
        + " were written by the engine "
        + owner
        + ": use --engine "
        + owner
        + ", or another --data folder for "
        + asked);
  }

  private static String restocked(int before, int now) {
    return "this data is resumed: toys keep what is in stock, and are restocked to " + now
        + " (before: " + before + ")";
  }

  private static Map<Service, ObjectNode> templates(Path folder, Engine engine, int frontEnds) {
    Map<Service, ObjectNode> templates = new LinkedHashMap<>();
    for (Service service : Service.all(frontEnds)) {
      Path file = folder.resolve(service.template(engine));
      if (!Files.exists(file)) {
        throw new OperationFailed("no configuration for " + service + ": " + file + " is missing");
      }
      templates.put(service, Json.read(file));
    }
    return templates;
  }
}
