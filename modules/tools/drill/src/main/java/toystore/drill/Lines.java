package toystore.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.List;
import toystore.client.LoadVertx;
import toystore.operations.OperationFailed;
import toystore.operations.Service;
import toystore.operations.ServiceLinks;
import toystore.relay.Flow;
import toystore.relay.Switchboard;
import toystore.relay.Way;

/** Lines of a {@link Switchboard} between the services. Methods may be called by any one thread. */
final class Lines implements DrillNetwork {
  private final Vertx vertx = LoadVertx.of(1);
  private final Switchboard switchboard = new Switchboard(vertx);

  /** What it is made of, for the report. */
  String inWords() {
    return "lines";
  }

  @Override
  public List<String> starter(String service) {
    return List.of();
  }

  @Override
  public void tailor(Service service, ObjectNode conf) {
    ServiceLinks.rewire(service, conf, this::open);
  }

  private int open(ServiceLinks.ServiceLink link) {
    try {
      return switchboard
          .open(
              new Switchboard.Link(link.caller(), link.called()),
              link.host(),
              link.port(),
              link.targetPort())
          .await();
    } catch (IllegalStateException e) {
      throw new OperationFailed("no line for " + link, e);
    }
  }

  /** Neither requests nor answers arrive. */
  @Override
  public void cut(Collection<Way> ways, Flow.FlowMode mode) {
    ways.forEach(way -> switchboard.set(way, mode, 0));
  }

  /** All that one service sends to the other arrives later, in order. */
  void slow(Way way, long delayMs) {
    switchboard.set(way, Flow.FlowMode.OPEN, delayMs);
  }

  /** Closes the connections that two services have with each other; new ones are good. */
  void reset(String one, String other) {
    switchboard.reset(one, other);
  }

  @Override
  public void heal() {
    switchboard.heal();
  }

  @Override
  public void close() {
    vertx.close();
  }
}
