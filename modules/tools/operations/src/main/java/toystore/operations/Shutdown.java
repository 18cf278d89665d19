package toystore.operations;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ends services: asks first, and makes sure. */
final class Shutdown {
  /** Draining takes three seconds at most; a busy machine may need ten times as long. */
  private static final Duration UNTIL_GONE = Duration.ofSeconds(30);

  private final Fleet fleet;

  Shutdown(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Stops all services, and then the lab, whose lines they drain by; the names of what ran. */
  List<String> stopStore() {
    List<String> stopped = new ArrayList<>();
    stopAll().forEach(service -> stopped.add(service.name()));
    if (Files.exists(fleet.folder().root()) && new Lab(fleet).stop()) {
      stopped.add("lab");
    }
    return stopped;
  }

  /** Stops all that runs: who calls before who is called, so that what is under way can end. */
  List<Service> stopAll() {
    Set<Service> stopped = new LinkedHashSet<>();
    Map<Service, ServiceProcess> running = fleet.processes();
    // Again and again: a service may have another process, from before its folder was deleted.
    while (!running.isEmpty()) {
      List<Service.ServiceKind> backwards = new ArrayList<>(List.of(Service.ServiceKind.values()));
      Collections.reverse(backwards);
      for (Service.ServiceKind kind : backwards) {
        Map<Service, ServiceProcess> together = new LinkedHashMap<>(running);
        together.keySet().removeIf(service -> service.kind() != kind);
        stop(together);
        stopped.addAll(together.keySet());
      }
      running = fleet.processes();
    }
    return List.copyOf(stopped);
  }

  /** Stops these together, and waits until they are gone. */
  void stop(List<Service> services) {
    Map<Service, ServiceProcess> processes = new LinkedHashMap<>();
    for (Service service : services) {
      fleet.process(service).ifPresent(process -> processes.put(service, process));
    }
    stop(processes);
  }

  /** Stops this process of a service, which may have another one already. */
  void stop(Service service, ServiceProcess process) {
    stop(Map.of(service, process));
  }

  private void stop(Map<Service, ServiceProcess> processes) {
    processes.forEach((service, process) -> {
      if (service.kind() == Service.ServiceKind.DATABASE) {
        process.interrupt();
      } else {
        process.terminate();
      }
    });
    OperatorWait patience = OperatorWait.of(fleet.operator(), UNTIL_GONE);
    processes.forEach((service, process) -> awaitEnd(service, process, patience));
  }

  private void awaitEnd(Service service, ServiceProcess process, OperatorWait patience) {
    if (patience.await(
        process::isGone, () -> "for " + service + ", pid " + process.pid() + ", to end")) {
      fleet.say(service + " has stopped");
    } else {
      process.kill();
      fleet.say(service + " did not stop within " + patience.limit() + " and was killed");
    }
  }
}
