package toystore.operations;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Starts services, and waits for what it started: for as long as the operator wants, and no longer
 * than all of it lives. For one command.
 */
final class Startup {
  private static final Duration UNTIL_READY = Duration.ofSeconds(5);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final int LOG_LINES = 15;

  private final Fleet fleet;
  private final StartLimit limit;
  private final OperatorWait patience;
  private final List<Service> toStart = new ArrayList<>();
  /** Started, and not yet known to answer. */
  private final List<Service> awaited = new ArrayList<>();

  private final Map<Service, Started> started = new LinkedHashMap<>();

  Startup(Fleet fleet, StartLimit limit) {
    this.fleet = fleet;
    this.limit = limit;
    this.patience = OperatorWait.of(fleet.operator(), limit.timeout());
  }

  /** A process, and where in its log its own lines begin. */
  private record Started(ServiceProcess process, long logStart) {}

  /**
   * Starts these, all at once: services wait for each other, as they do when one of them was away.
   * Only a database comes before all others, and once it answers. When one ends, what was started
   * is stopped again.
   */
  void start(List<Service> services) {
    begin(services);
    finish(Runnable::run);
  }

  /** Starts the first of these; no other command may be at work. */
  void begin(List<Service> services) {
    new Obstacles(fleet).refuse(services);
    new Lab(fleet).startIfPlanned(); // Services call each other by its lines.
    toStart.addAll(services);
    settling(this::launchNext);
  }

  /**
   * Starts a service beside the process that runs it: its own start ends when the other has ended.
   * No other command may be at work.
   */
  void beginAfter(Service service, ServiceProcess predecessor) {
    settling(() -> {
      awaited.clear();
      awaited.add(service);
      launch(
          service,
          fleet.launchOptions().withVariable("TOYSTORE_AFTER", String.valueOf(predecessor.pid())));
    });
  }

  /** Waits until what was begun beside another process has come so far that only that holds it. */
  void awaitPrepared(Service service) {
    settling(() -> patience.await(
        () -> {
          refuseEnded();
          return LogTail.since(
                  fleet.folder().log(service), started.get(service).logStart(), LOG_LINES)
              .stream()
              .anyMatch(line -> line.contains("waits for the end of process"));
        },
        () -> "for " + service + " to be ready to take over"));
  }

  /**
   * Waits for what was begun, and starts the rest.
   *
   * @param alone runs what it is given while no other command is at work: not while it is waited,
   *     so that whoever loses patience may take the store down
   */
  void finish(Consumer<Runnable> alone) {
    settling(() -> {
      while (!awaited.isEmpty() || !toStart.isEmpty()) {
        awaited.forEach(this::awaitUp);
        alone.accept(this::launchNext);
      }
    });
  }

  /** The database, or all the rest, but for such as another command has started meanwhile. */
  private void launchNext() {
    refuseEnded();
    awaited.clear();
    while (awaited.isEmpty() && !toStart.isEmpty()) {
      List<Service> next = toStart.contains(Service.DATABASE) ? List.of(Service.DATABASE) : toStart;
      next.stream().filter(service -> fleet.recorded(service).isEmpty()).forEach(awaited::add);
      toStart.removeAll(List.copyOf(next));
    }
    awaited.forEach(this::launch);
  }

  /** When the work fails, what it has started is settled: stopped, or known to go on. */
  private void settling(Runnable work) {
    try {
      work.run();
    } catch (TookTooLong | Interrupted e) {
      throw limit.stopLate() && e instanceof TookTooLong ? stopAgain(e) : leave(e);
    } catch (OperationFailed e) {
      throw stopAgain(e);
    }
  }

  private OperationFailed leave(OperationFailed cause) {
    String consequence = started.isEmpty()
        ? "nothing was started"
        : names() + ": started, and left running; see bin/toystore status, or end all by down";
    return cause instanceof Interrupted
        ? new Interrupted(cause.getMessage() + "\n" + consequence)
        : new TookTooLong(cause.getMessage() + "\n" + consequence);
  }

  private OperationFailed stopAgain(OperationFailed cause) {
    List<Service> backwards = new ArrayList<>(started.keySet());
    Collections.reverse(backwards);
    backwards.removeIf(service -> started.get(service).process().isGone());
    if (backwards.isEmpty()) {
      return cause;
    }
    fleet.say(cause.getMessage());
    new Shutdown(fleet).stop(backwards);
    String consequence = "the start failed, and what it had started was stopped again: " + names();
    return fleet.operator().hears()
        ? new StartFailed(cause, consequence)
        : new OperationFailed(cause.getMessage() + "\n" + consequence, cause);
  }

  private String names() {
    return String.join(", ", started.keySet().stream().map(Service::name).toList());
  }

  private void launch(Service service) {
    launch(service, fleet.launchOptions());
  }

  private void launch(Service service, LaunchOptions options) {
    long logStart = LogTail.size(fleet.folder().log(service));
    Launch launch = new Launch(fleet.installation(), fleet.folder(), fleet.engine(), options);
    started.put(service, new Started(launch.start(service), logStart));
  }

  private void awaitUp(Service service) {
    boolean up = patience.await(
        () -> anyEnded() || isUp(service),
        () -> "for " + service + " to answer" + lastLogLine(service));
    refuseEnded();
    if (!up) {
      throw new TookTooLong(
          service + " did not answer within " + patience.limit() + ":\n" + tail(service));
    }
    fleet.say(service + " is up: pid " + started.get(service).process().pid() + ", "
        + fleet.internalAddress(service));
  }

  /** Another process may listen there; it is the one that was started that is waited for. */
  private boolean isUp(Service service) {
    if (service.kind() == Service.ServiceKind.DATABASE) {
      return new OwnDatabase(fleet.folder()).answers(fleet.conf(service));
    }
    ServiceProbe.ProbeAnswer answer = fleet.ask(service, "/state", ONE_ANSWER).join();
    return answer.isOk() && started.get(service).process().mayHaveSaid(answer.body());
  }

  private void refuseEnded() {
    started.forEach((service, its) -> {
      if (its.process().isGone()) {
        throw new OperationFailed(service + " ended while it started:\n" + tail(service)
            + new Obstacles(fleet)
                .takenPort(service)
                .map(taken -> "\n  " + taken)
                .orElse(""));
      }
    });
  }

  private String tail(Service service) {
    Path log = fleet.folder().log(service);
    List<String> lines = LogTail.since(log, started.get(service).logStart(), LOG_LINES);
    return (lines.isEmpty() ? "  (it wrote nothing)" : "  " + String.join("\n  ", lines))
        + "\n  log: " + log;
  }

  private String lastLogLine(Service service) {
    List<String> lines =
        LogTail.since(fleet.folder().log(service), started.get(service).logStart(), 1);
    return lines.isEmpty() ? ", which has not logged anything yet" : "; its log: " + lines.get(0);
  }

  /** Waits a little until the service can do its part; that others are missing is no failure. */
  void awaitReady(Service service) {
    Readiness readiness = new Readiness(fleet);
    OperatorWait aLittle = OperatorWait.of(fleet.operator(), limit.timeout().orElse(UNTIL_READY));
    boolean ready = aLittle.await(
        () -> anyEnded() || readiness.isReady(service), () -> "until " + service + " is ready");
    refuseEnded();
    if (!ready) {
      fleet.say(service + " answers, but is not ready yet: it waits for " + Readiness.need(service)
          + "; see status");
    }
  }

  /** Waits until clients are served: products by every front-end, and purchases by a leader. */
  void awaitServing() {
    Readiness readiness = new Readiness(fleet);
    settling(() -> {
      boolean serving = patience.await(
          () -> anyEnded() || readiness.isServing(),
          () -> "until the store serves; " + readiness.obstacles());
      refuseEnded();
      if (!serving) {
        throw new TookTooLong("the store did not serve within " + patience.limit() + "; "
            + readiness.obstacles() + "; logs: "
            + fleet.folder().root().resolve(StoreFolder.LOGS));
      }
    });
  }

  private boolean anyEnded() {
    return started.values().stream().anyMatch(its -> its.process().isGone());
  }
}
