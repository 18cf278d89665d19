package toystore.operations;

import java.util.ArrayList;
import java.util.List;
import toystore.operations.ServiceStatus.ServiceState;

/** What a person must know of a store beyond the state of each service. */
final class Remarks {
  private final Fleet fleet;

  Remarks(Fleet fleet) {
    this.fleet = fleet;
  }

  List<String> on(StoreStatus status) {
    List<String> remarks = new ArrayList<>();
    List<ServiceStatus> services = status.services();
    if (services.stream().allMatch(service -> service.state() == ServiceState.DOWN)) {
      remarks.add("nothing is up in " + fleet.folder().root() + ": bin/toystore up starts it");
      fleet.elsewhere().ifPresent(remarks::add);
    }
    Lab lab = new Lab(fleet);
    if (lab.plan().isPresent() && lab.process().isEmpty() && !fleet.running().isEmpty()) {
      remarks.add("the lab is down, and services call each other by its lines: bin/toystore up"
          + " starts it again");
    }
    if (services.stream().anyMatch(ServiceStatus::foreign)) {
      fleet
          .strangers()
          .forEach(running -> remarks.add(running + " uses this store's files" + Obstacles.NOT_OURS
              + ": commands leave it alone"));
    }
    if (services.stream().anyMatch(service -> service.state() == ServiceState.ORPHANED)) {
      remarks.add(fleet.whyOrphaned(fleet.processes()));
    }
    if (fleet.isConfigured()) {
      services.stream()
          .filter(service -> service.state() == ServiceState.DOWN)
          .filter(service -> fleet.process(service.service()).isEmpty()) // not meanwhile either
          .flatMap(service -> new Obstacles(fleet).seenOnPort(service.service()).stream())
          .forEach(remarks::add);
    }
    return remarks;
  }
}
