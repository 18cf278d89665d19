package toystore.relay;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The line on which one service calls another: it listens in the other's place, and passes all
 * bytes on until it is cut. Owned by one event loop.
 */
public final class Relay {
  /** Which way bytes go. */
  public enum Direction {
    REQUESTS,
    ANSWERS
  }

  private record Connection(NetSocket caller, Flow requests, Flow answers) {}

  /** How one direction is at the moment. */
  private record RelayState(Flow.FlowMode mode, long delayMs) {
    static final RelayState GOOD = new RelayState(Flow.FlowMode.OPEN, 0);
  }

  private final Vertx vertx;
  private final NetClient client;
  private final int targetPort;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private RelayState requests = RelayState.GOOD;
  private RelayState answers = RelayState.GOOD;

  /**
   * A line that is good.
   *
   * @param targetPort of the one called, on this machine
   */
  public Relay(Vertx vertx, NetClient client, int targetPort) {
    this.vertx = vertx;
    this.client = client;
    this.targetPort = targetPort;
  }

  /** Listens in the place of the one called. */
  public Future<NetServer> listen(String host, int port) {
    return vertx.createNetServer().connectHandler(this::accept).listen(port, host);
  }

  private void accept(NetSocket caller) {
    caller.pause();
    client
        .connect(targetPort, "127.0.0.1")
        .onSuccess(called -> join(caller, called))
        .onFailure(refused -> caller.close());
  }

  private void join(NetSocket caller, NetSocket called) {
    Runnable onEnd = () -> connections.removeIf(connection -> connection.caller == caller);
    Connection connection = new Connection(
        caller, new Flow(vertx, caller, called, onEnd), new Flow(vertx, called, caller, onEnd));
    connections.add(connection);
    connection.requests.set(requests.mode, requests.delayMs);
    connection.answers.set(answers.mode, answers.delayMs);
    caller.resume();
  }

  /**
   * How one direction is from now on, on all connections.
   *
   * @param delayMs so much later all arrives; 0 or more
   */
  public void set(Direction direction, Flow.FlowMode mode, long delayMs) {
    RelayState state = new RelayState(mode, delayMs);
    if (direction == Direction.REQUESTS) {
      requests = state;
    } else {
      answers = state;
    }
    for (Connection connection : Set.copyOf(connections)) {
      (direction == Direction.REQUESTS ? connection.requests : connection.answers)
          .set(mode, delayMs);
    }
  }

  /** Breaks every connection there is, visibly: both ends see it closed. */
  public void reset() {
    Set.copyOf(connections).forEach(connection -> connection.caller.close());
  }
}
