package toystore.relay;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The lines between services, which can be cut: each service is told a line's address in place of
 * the other service's own. All lines live on one event loop; methods may be called by any thread.
 */
public final class Switchboard {
  private static final int CONNECT_TIMEOUT_MS = 500;

  /** Who calls whom. */
  public record Link(String caller, String called) {}

  private final Vertx vertx;
  private final Context context;
  private final Map<Link, Relay> lines = new ConcurrentHashMap<>();

  public Switchboard(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /**
   * Opens a line.
   *
   * @param port where it listens; 0 for any that is free
   * @param targetPort of the one called, on this machine
   * @return the port where it listens
   */
  public Future<Integer> open(Link link, String host, int port, int targetPort) {
    NetClient client =
        vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
    Relay line = new Relay(vertx, client, targetPort);
    lines.put(link, line);
    Promise<NetServer> listening = Promise.promise();
    context.runOnContext(none -> line.listen(host, port).onComplete(listening));
    return listening.future().map(NetServer::actualPort);
  }

  /**
   * How what one service sends to the other travels from now on, be it a request or an answer.
   *
   * @param delayMs so much later it arrives, in order
   */
  public void set(Way way, Flow.FlowMode mode, long delayMs) {
    Link calls = new Link(way.sender(), way.receiver());
    Link called = new Link(way.receiver(), way.sender());
    on(calls, line -> line.set(Relay.Direction.REQUESTS, mode, delayMs));
    on(called, line -> line.set(Relay.Direction.ANSWERS, mode, delayMs));
  }

  /** Closes the connections that two services have with each other; new ones are good. */
  public void reset(String one, String other) {
    on(new Link(one, other), Relay::reset);
    on(new Link(other, one), Relay::reset);
  }

  private void on(Link link, Consumer<Relay> work) {
    Relay line = lines.get(link);
    if (line != null) {
      context.runOnContext(none -> work.accept(line));
    }
  }

  /** All is good again. */
  public void heal() {
    lines.keySet().stream()
        .flatMap(link -> Way.both(link.caller, link.called).stream())
        .forEach(way -> set(way, Flow.FlowMode.OPEN, 0));
  }
}
