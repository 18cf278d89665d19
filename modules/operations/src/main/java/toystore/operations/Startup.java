package toystore.operations;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts services, and waits for what it started. For one command. */
final class Startup {
  private static final Duration UNTIL_UP = Duration.ofSeconds(60);
  private static final Duration UNTIL_SERVING = Duration.ofSeconds(60);
  private static final Duration UNTIL_READY = Duration.ofSeconds(5);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final int LOG_LINES = 15;

  private final Fleet fleet;
  private final Map<Service, Started> started = new LinkedHashMap<>();

  Startup(Fleet fleet) {
    this.fleet = fleet;
  }

  /** A process, and where in its log its own lines begin. */
  private record Started(ServiceProcess process, long logStart) {}

  /**
   * Starts these, in this order, each once the kind before it is up: replicas start together, for they need each other,
   * and the front-end finds what it needs. What was started is stopped again when one fails.
   */
  void start(List<Service> services) {
    orStopAgain(() -> {
      for (Service.Kind kind : Service.Kind.values()) {
        List<Service> together =
            services.stream().filter(service -> service.kind() == kind).toList();
        together.forEach(this::launch);
        together.forEach(this::awaitUp);
      }
    });
  }

  private void orStopAgain(Runnable work) {
    try {
      work.run();
    } catch (OperationFailed e) {
      List<Service> backwards = new ArrayList<>(started.keySet());
      Collections.reverse(backwards);
      new Shutdown(fleet).stop(backwards);
      throw e;
    }
  }

  private void launch(Service service) {
    long logStart = LogTail.size(fleet.folder().log(service));
    Launch launch =
        new Launch(fleet.checkout(), fleet.folder(), fleet.engine(), fleet.launchOptions());
    started.put(service, new Started(launch.start(service), logStart));
  }

  private void awaitUp(Service service) {
    ServiceProcess process = started.get(service).process();
    boolean up = Deadline.await(UNTIL_UP, () -> process.isGone() || isUp(service));
    refuseEnded();
    if (!up) {
      throw new OperationFailed(
          service + " did not answer within " + UNTIL_UP.toSeconds() + " s:\n" + tail(service));
    }
    fleet.say(service + " is up: pid " + process.pid() + ", " + fleet.internalAddress(service));
  }

  /** Another store's service on the same port would not know the token, and so not be taken for this one. */
  private boolean isUp(Service service) {
    return fleet.ask(service, "/state", ONE_ANSWER).join().isOk();
  }

  private void refuseEnded() {
    started.forEach((service, its) -> {
      if (its.process().isGone()) {
        throw new OperationFailed(service + " ended while it started:\n" + tail(service));
      }
    });
  }

  private String tail(Service service) {
    Path log = fleet.folder().log(service);
    List<String> lines = LogTail.since(log, started.get(service).logStart(), LOG_LINES);
    return (lines.isEmpty() ? "  (it wrote nothing)" : "  " + String.join("\n  ", lines))
        + "\n  log: " + log;
  }

  /** Waits a little until the service can do its part; that others are missing is no failure. */
  void awaitReady(Service service) {
    boolean ready = Deadline.await(UNTIL_READY, () -> anyEnded() || isReady(service));
    refuseEnded();
    if (!ready) {
      fleet.say(service + " answers, but is not ready yet: it waits for "
          + switch (service.kind()) {
            case CATALOG -> "its disk";
            case ORDER -> "all other replicas, to fetch from them what it has lost";
            case FRONT_END -> "the catalog and a replica that leads";
          }
          + "; see status");
    }
  }

  /** A replica takes part from when it may be led; its own /ready says that it leads. */
  private boolean isReady(Service service) {
    return service.kind() == Service.Kind.ORDER
        ? fleet
            .ask(service, "/health", ONE_ANSWER)
            .join()
            .body()
            .path("eligible")
            .asBoolean()
        : fleet.ask(service, "/ready", ONE_ANSWER).join().isOk();
  }

  /** Waits until clients are served: products by every front-end, and purchases by a leader. */
  void awaitServing() {
    orStopAgain(() -> {
      boolean serving = Deadline.await(UNTIL_SERVING, () -> anyEnded() || isServing());
      refuseEnded();
      if (!serving) {
        throw new OperationFailed(
            "the store does not serve though its processes run: see the logs in "
                + fleet.folder().log(Service.CATALOG).getParent());
      }
    });
  }

  private boolean anyEnded() {
    return started.values().stream().anyMatch(its -> its.process().isGone());
  }

  private boolean isServing() {
    return hasLeader()
        && fleet.publicAddresses().stream()
            .allMatch(address ->
                fleet.askPublic(address, "/products", ONE_ANSWER).join().isOk());
  }

  private boolean hasLeader() {
    return Service.replicas().stream()
        .filter(replica -> fleet.process(replica).isPresent())
        .map(replica -> fleet.ask(replica, "/health", ONE_ANSWER))
        .toList() // all are asked before the first is waited for
        .stream()
        .anyMatch(answer -> answer.join().body().path("serving").asBoolean());
  }
}
