package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalLong;

/** Gives a replica whose file is damaged or lost a new one, from the others. */
final class Rebuild {
  private static final Duration UNTIL_LED = Duration.ofSeconds(30);
  private static final Duration UNTIL_LEVEL = Duration.ofMinutes(10);
  private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

  private final Fleet fleet;

  Rebuild(Fleet fleet) {
    this.fleet = fleet;
  }

  /**
   * Starts what is down first: the other replicas must all take part, for one of them may be the only one left with some
   * order.
   */
  void run(Service replica) {
    if (replica.kind() != Service.Kind.ORDER) {
      throw new OperationFailed(
          replica + " is copied nowhere, so it cannot be rebuilt: only order replicas can");
    }
    for (Service paused : fleet.running()) {
      if (!paused.equals(replica)
          && fleet.process(paused).filter(ServiceProcess::isPaused).isPresent()) {
        throw new OperationFailed(paused + " is paused: resume it first");
      }
    }
    new Shutdown(fleet).stop(List.of(replica));
    List<Service> running = fleet.running();
    new Startup(fleet)
        .start(fleet.services().stream()
            .filter(service -> !service.equals(replica) && !running.contains(service))
            .toList());
    fleet.say("waiting until another replica leads ...");
    if (!Deadline.await(UNTIL_LED, () -> otherLeads(replica))) {
      throw new OperationFailed("no other replica leads within " + UNTIL_LED.toSeconds()
          + " s: nothing was moved; see status");
    }
    moveAside(replica);
    new Startup(fleet).start(List.of(replica));
    fleet.say("waiting until it has fetched all orders ...");
    if (!Deadline.await(UNTIL_LEVEL, () -> isLevel(replica))) {
      throw new OperationFailed(replica + " is up but not level yet: see status");
    }
    fleet.say(replica + " is level");
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
    Path kept = folder.resolveSibling(replica + ".damaged-" + DATE.format(LocalDateTime.now()));
    try {
      if (Files.exists(folder)) {
        Files.move(folder, kept);
        fleet.say("its old files are kept in " + kept);
      }
    } catch (IOException e) {
      throw new OperationFailed("cannot move " + folder + " aside", e);
    }
  }
}
