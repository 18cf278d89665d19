package toystore.operations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The services of an installation as systemd knows them: it starts and stops them, nobody else. */
final class Units {
  private static final Path SYSTEMD = Path.of("/run/systemd/system");

  /** Longer than a unit of ours may take to start or stop. */
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  private Units() {}

  /** The unit of a service, as conf/systemd names it. */
  static String unit(Service service) {
    return switch (service.kind()) {
      case ORDER -> "toystore-order@" + service.id() + ".service";
      case DESK -> "toystore-desk@" + service.id() + ".service";
      default -> "toystore-" + service.name() + ".service";
    };
  }

  /** Returns when it is ready: units say so. */
  static void start(Service service) {
    demand("start", service);
  }

  static void stop(Service service) {
    demand("stop", service);
  }

  static void restart(Service service) {
    demand("restart", service);
  }

  /** After a process was killed: systemd would start it again at once. */
  static void keepDown(Service service) {
    if (Files.exists(SYSTEMD)) {
      stop(service);
    }
  }

  private static void demand(String action, Service service) {
    List<String> command = List.of("systemctl", action, unit(service));
    Programs.failure(command, "", PATIENCE).ifPresent(failure -> {
      throw new OperationFailed("systemd runs " + service + " here: " + failure);
    });
  }
}
