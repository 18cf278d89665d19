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

  /** Refuses unless all others are up: one of them may be the only one left with some order. */
  void run(Service replica) {
    if (replica.kind() != Service.Kind.ORDER) {
      throw new OperationFailed(
          replica + " is not copied anywhere, so it cannot be rebuilt: only order replicas can");
    }
    for (Service other : Service.replicas()) {
      if (!other.equals(replica)
          && fleet.process(other).filter(p -> !p.isPaused()).isEmpty()) {
        throw new OperationFailed(
            other + " must be up to rebuild " + replica + ": an order may be on its disk only");
      }
    }
    new Shutdown(fleet).stop(List.of(replica));
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
