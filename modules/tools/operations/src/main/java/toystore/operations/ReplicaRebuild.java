package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** Gives a replica whose file is damaged or lost a new one, from the others. */
final class ReplicaRebuild {
  private static final Duration UNTIL_LEVEL = Duration.ofMinutes(10);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

  private final Fleet fleet;
  private final Duration untilLed;

  /**
   * On the services of that store.
   *
   * @param untilLed how long the other replicas may take to be led
   */
  ReplicaRebuild(Fleet fleet, Duration untilLed) {
    this.fleet = fleet;
    this.untilLed = untilLed;
  }

  /**
   * Starts what else is down first: the other replicas must all take part, for one of them may be
   * the only one left with some order. Until that is so, the replica is left as it is.
   */
  void run(Service replica) {
    if (replica.kind() != Service.ServiceKind.ORDER) {
      throw new OperationFailed(
          replica + " is copied nowhere, so it cannot be rebuilt: only order replicas can");
    }
    for (Service paused : fleet.running()) {
      if (!paused.equals(replica)
          && fleet.process(paused).filter(ServiceProcess::isPaused).isPresent()) {
        throw new OperationFailed(paused + " is paused: resume it first");
      }
    }
    startOthers(replica);
    boolean ran = fleet.process(replica).isPresent();
    new Shutdown(fleet).stop(List.of(replica));
    try {
      if (!await(untilLed, () -> otherLeads(replica), "until another replica leads")) {
        throw new OperationFailed(
            "no other replica leads within " + untilLed.toSeconds() + " s: see status");
      }
      moveAside(replica);
    } catch (OperationFailed e) {
      throw asFound(replica, ran, e);
    }
    startAnew(replica);
    if (!await(UNTIL_LEVEL, () -> isLevel(replica), "until it has fetched all orders")) {
      throw new OperationFailed(replica + " is up but not level yet: see status");
    }
    fleet.say(replica + " is level");
  }

  private boolean await(Duration limit, BooleanSupplier condition, String what) {
    return OperatorWait.of(fleet.operator(), limit).await(condition, () -> what);
  }

  private void startOthers(Service replica) {
    List<Service> running = fleet.running();
    new Startup(fleet, StartLimit.NONE)
        .start(fleet.services().stream()
            .filter(service -> !service.equals(replica) && !running.contains(service))
            .toList());
    for (Service other : Service.replicas()) {
      if (!other.equals(replica)
          && !await(untilLed, () -> health(other, "eligible"), "until " + other + " takes part")) {
        throw new OperationFailed(other + " has lost its own files, or does not answer: " + replica
            + " is left as it is; see status");
      }
    }
  }

  private OperationFailed asFound(Service replica, boolean ran, OperationFailed failure) {
    String state = "down, as it was";
    if (ran) {
      try {
        new Startup(fleet, StartLimit.NONE).start(List.of(replica));
        state = "up again";
      } catch (OperationFailed e) {
        state = "down: " + e.getMessage();
      }
    }
    return new OperationFailed(
        failure.getMessage() + "\n" + replica + " has its old files, and is " + state, failure);
  }

  private void startAnew(Service replica) {
    try {
      new Startup(fleet, StartLimit.NONE).start(List.of(replica));
    } catch (OperationFailed e) {
      throw new OperationFailed(
          e.getMessage() + "\n" + replica
              + " is down; its old files are kept beside the new: use start, or rebuild, again",
          e);
    }
  }

  private boolean otherLeads(Service replica) {
    return Service.replicas().stream()
        .filter(other -> !other.equals(replica))
        .anyMatch(other -> health(other, "ready"));
  }

  private boolean health(Service replica, String flag) {
    return fleet.ask(replica, "/health", ONE_ANSWER).join().body().path(flag).asBoolean();
  }

  /** Level with the others as they were when asked; more may have come since. */
  private boolean isLevel(Service replica) {
    OptionalLong most = Service.replicas().stream()
        .filter(other -> !other.equals(replica))
        .mapToLong(this::committed)
        .max();
    return health(replica, "eligible") && committed(replica) >= most.orElse(0);
  }

  private long committed(Service replica) {
    return fleet
        .ask(replica, "/health", ONE_ANSWER)
        .join()
        .body()
        .path("committed")
        .asLong(-1);
  }

  private void moveAside(Service replica) {
    Path folder = fleet.folder().data(replica);
    Path kept = folder.resolveSibling(
        replica + ".damaged-" + DATE.format(LocalDateTime.now(ZoneId.systemDefault())));
    try {
      if (Files.exists(folder)) {
        Files.move(folder, kept);
        fleet.say("its old files are kept in " + kept);
      }
    } catch (IOException e) {
      throw FileTrouble.failure("cannot move " + folder + " aside", e);
    }
  }
}
