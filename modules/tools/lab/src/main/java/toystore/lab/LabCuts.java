package toystore.lab;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import toystore.operations.LabPlan;
import toystore.operations.ServiceLinks.ServiceLink;
import toystore.relay.Flow;
import toystore.relay.Switchboard;
import toystore.relay.Way;

/** Who is cut off from all other services. Owned by one event loop. */
final class LabCuts {
  private final Switchboard switchboard;
  private final Set<String> cut = new HashSet<>();

  LabCuts(Vertx vertx) {
    this.switchboard = new Switchboard(vertx);
  }

  /** Opens the lines of the store. */
  Future<Void> open(List<ServiceLink> lines) {
    List<Future<Integer>> opened = new ArrayList<>();
    for (ServiceLink line : lines) {
      opened.add(switchboard
          .open(
              new Switchboard.Link(line.caller(), line.called()),
              line.host(),
              line.port(),
              line.targetPort())
          .recover(failure -> Future.failedFuture(new IllegalStateException(
              "no line from " + line.caller() + " to " + line.called() + " at " + line.host() + ":"
                  + line.port() + ": " + failure.getMessage(),
              failure))));
    }
    return Future.all(opened).mapEmpty();
  }

  boolean isCut(String service) {
    return cut.contains(service);
  }

  /** What it sends, and what is sent to it, is lost from now on. */
  void cut(String service, LabPlan plan) {
    cut.add(service);
    set(service, plan);
  }

  void heal(String service, LabPlan plan) {
    cut.remove(service);
    set(service, plan);
  }

  private void set(String service, LabPlan plan) {
    for (ServiceLink line : plan.lines()) {
      if (line.caller().equals(service) || line.called().equals(service)) {
        // A way is good when neither end is cut off.
        Flow.FlowMode mode = cut.contains(line.caller()) || cut.contains(line.called())
            ? Flow.FlowMode.LOSE
            : Flow.FlowMode.OPEN;
        Way.both(line.caller(), line.called()).forEach(way -> switchboard.set(way, mode, 0));
      }
    }
  }
}
