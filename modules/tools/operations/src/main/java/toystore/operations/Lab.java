package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lab of one store: a process beside the services, which serves a page that breaks them. */
public final class Lab {
  /** What it is called in what people read. */
  private static final String NAME = "the lab";

  private static final String CONFIGURATION = "lab.json";
  private static final Duration UNTIL_GONE = Duration.ofSeconds(30);
  private static final Duration UNTIL_UP = Duration.ofMinutes(2);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final int LOG_LINES = 15;

  private final Fleet fleet;

  Lab(Fleet fleet) {
    this.fleet = fleet;
  }

  /** What it works with; empty for a store that was started without a lab. */
  public Optional<LabPlan> plan() {
    Path file = fleet.folder().labConf();
    return Files.exists(file) ? Optional.of(LabPlan.of(Json.read(file))) : Optional.empty();
  }

  /** Which services have a process, and whether that is paused: as the system says, at once. */
  public Map<String, ServiceStatus.ServiceState> services() {
    return fleet.states();
  }

  /** Where its page is, while it runs. */
  public Optional<URI> address() {
    return process().isPresent() ? plan().map(LabPlan::address) : Optional.empty();
  }

  /** Whether it is to be run by that process, and by no other one. */
  public boolean isRunBy(long pid) {
    return process().filter(its -> its.pid() == pid).isPresent();
  }

  /**
   * Makes this process the one that runs it.
   *
   * @return what it is to work with
   * @throws OperationFailed when the store has no lab, or another process runs it
   */
  public LabPlan claim() {
    LabPlan plan = plan()
        .orElseThrow(() -> new OperationFailed(
            "the store in " + fleet.folder().root() + " was not started with a lab: use up --lab"));
    long own = ProcessHandle.current().pid();
    process().filter(other -> other.pid() != own).ifPresent(other -> {
      throw new OperationFailed(NAME + " is up already: pid " + other.pid());
    });
    ProcessId.of(own)
        .map(ServiceProcess::new)
        .orElseThrow()
        .record(fleet.folder().labRun());
    return plan;
  }

  Optional<ServiceProcess> process() {
    return ServiceProcess.recorded(fleet.folder().labRun());
  }

  void refuseInstalled(UpOptions options) {
    if (options.lab()) {
      throw new OperationFailed("--lab: systemd runs the services here, and a lab breaks them");
    }
  }

  /** Rewires the services of a store that is about to start. No lab may run. */
  LabPlan prepare(UpOptions options, Configuration configuration) {
    FreePorts free = new FreePorts();
    int port = options.freePorts() ? free.getAsInt() : LabPlan.port(template(options));
    return LabPlan.of(port, configuration.services(), free);
  }

  private ObjectNode template(UpOptions options) {
    Path chosen = options.conf().orElse(fleet.installation().conf()).resolve(CONFIGURATION);
    Path usual = fleet.installation().conf().resolve(CONFIGURATION);
    return Json.read(Files.exists(chosen) ? chosen : usual);
  }

  /** What the next start of the store is to find. */
  void keep(Optional<LabPlan> plan) {
    Path file = fleet.folder().labConf();
    if (plan.isPresent()) {
      Json.write(file, plan.get().toJson());
    } else {
      delete(file);
    }
  }

  /**
   * Starts it if the store is to have one, and none runs; waits until it answers. Services need its
   * lines.
   */
  void startIfPlanned() {
    Optional<LabPlan> plan = plan();
    if (plan.isEmpty() || process().isPresent()) {
      return;
    }
    Path log = fleet.folder().labLog();
    long logStart = LogTail.size(log);
    ServiceProcess process = new Launch(
            fleet.installation(), fleet.folder(), fleet.engine(), LaunchOptions.none())
        .startLab();
    boolean up = OperatorWait.of(fleet.operator(), UNTIL_UP)
        .await(
            () -> process.isGone() || answers(plan.get().address(), process),
            () -> "for " + NAME + " to answer");
    if (!up || process.isGone()) {
      stop();
      List<String> lines = LogTail.since(log, logStart, LOG_LINES);
      throw new OperationFailed(
          NAME + " did not start:\n  " + String.join("\n  ", lines) + "\n  log: " + log);
    }
    fleet.say(NAME + " is up: pid " + process.pid() + ", " + plan.get().address());
  }

  private boolean answers(URI address, ServiceProcess process) {
    ServiceProbe.ProbeAnswer answer =
        fleet.askPublic(address, "/health", ONE_ANSWER).join();
    return answer.isOk() && process.mayHaveSaid(answer.body());
  }

  /** Ends it; whether it ran. The services, if some run, cannot call each other any more. */
  boolean stop() {
    Optional<ServiceProcess> running = process();
    running.ifPresent(process -> {
      process.terminate();
      if (!OperatorWait.of(fleet.operator(), UNTIL_GONE)
          .await(process::isGone, () -> "for " + NAME + " to end")) {
        process.kill();
      }
      fleet.say(NAME + " has stopped");
    });
    delete(fleet.folder().labRun());
    return running.isPresent();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot delete " + file, e);
    }
  }

  /** As status shows it; empty for a store that has none. */
  Optional<ObjectNode> status() {
    return plan().map(plan -> {
      Optional<ServiceProcess> process = process();
      ObjectNode json = Json.object().put("state", process.isPresent() ? "live" : "down");
      process.ifPresent(its -> json.put("pid", its.pid()));
      return json.put("address", plan.address().toString());
    });
  }
}
