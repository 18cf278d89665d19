package toystore.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends services: asks first, and makes sure. */
final class Shutdown {
  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);

  private final Fleet fleet;

  Shutdown(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Stops all that runs: who calls before who is called, so that what is under way can end. */
  List<Service> stopAll() {
    List<Service> stopped = new ArrayList<>();
    for (Service.Kind kind :
        List.of(Service.Kind.FRONT_END, Service.Kind.ORDER, Service.Kind.CATALOG)) {
      List<Service> together =
          fleet.running().stream().filter(service -> service.kind() == kind).toList();
      stop(together);
      stopped.addAll(together);
    }
    return stopped;
  }

  /** Stops these together, and waits until they are gone. */
  void stop(List<Service> services) {
    Map<Service, ServiceProcess> processes = new LinkedHashMap<>();
    for (Service service : services) {
      fleet.process(service).ifPresent(process -> processes.put(service, process));
    }
    processes.values().forEach(ServiceProcess::terminate);
    Deadline deadline = Deadline.in(UNTIL_GONE);
    processes.forEach((service, process) -> awaitEnd(service, process, deadline));
  }

  private void awaitEnd(Service service, ServiceProcess process, Deadline deadline) {
    while (!process.isGone() && deadline.pause()) {}
    if (process.isGone()) {
      fleet.say(service + " has stopped");
    } else {
      process.kill();
      fleet.say(service + " did not stop within " + UNTIL_GONE.toSeconds() + " s and was killed");
    }
  }
}
