package toystore.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import toystore.client.LoadVertx;
import toystore.operations.OperationFailed;
import toystore.operations.Service;

/**
 * The lines between the services of a store, which can be cut: each service is told a line's
 * address in place of the other service's own. All lines live on one event loop; methods may be
 * called by any one thread.
 */
final class Lines implements DrillNetwork {
  /**
   * The catalog learns of a front-end's port by that front-end, which knows only its own: the line
   * has the same port at another address of this machine.
   */
  private static final String FAR_SIDE = "127.0.0.2";

  private static final String NEAR_SIDE = "127.0.0.1";
  private static final int CONNECT_TIMEOUT_MS = 500;

  /** Who calls whom. */
  record Link(String caller, String called) {}

  private final Vertx vertx = LoadVertx.of(1);
  private final Context context = vertx.getOrCreateContext();
  private final Map<Link, Relay> lines = new LinkedHashMap<>();

  @Override
  public String inWords() {
    return "lines";
  }

  @Override
  public List<String> starter(String service) {
    return List.of();
  }

  @Override
  public void tailor(Service service, ObjectNode conf) {
    String caller = service.name();
    if (conf.has("catalog")) {
      conf.put("catalog", open(caller, "catalog", conf.path("catalog").asText()));
    }
    for (String list : List.of("peers", "replicas")) {
      for (JsonNode peer : conf.path(list)) {
        String called = "order-" + peer.path("id").asInt();
        ((ObjectNode) peer)
            .put("address", open(caller, called, peer.path("address").asText()));
      }
    }
    if (service.kind() == Service.ServiceKind.FRONT_END) {
      int port = conf.path("internalPort").asInt();
      listen(new Link("catalog", caller), FAR_SIDE, port, port);
      conf.put("advertisedHost", FAR_SIDE);
    }
  }

  private String open(String caller, String called, String address) {
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    return NEAR_SIDE + ":" + listen(new Link(caller, called), NEAR_SIDE, 0, port);
  }

  private int listen(Link link, String host, int port, int targetPort) {
    NetClient client =
        vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS));
    Relay line = new Relay(vertx, client, targetPort);
    lines.put(link, line);
    try {
      return onLoop(() -> line.listen(host, port)).await().actualPort();
    } catch (IllegalStateException e) {
      throw new OperationFailed("no line for " + link, e);
    }
  }

  private Future<NetServer> onLoop(Supplier<Future<NetServer>> work) {
    Promise<NetServer> done = Promise.promise();
    context.runOnContext(none -> work.get().onComplete(done));
    return done.future();
  }

  /** Neither requests nor answers arrive. */
  @Override
  public void cut(Collection<Way> ways, Flow.FlowMode mode) {
    ways.forEach(way -> set(way, mode, 0));
  }

  /** All that one service sends to the other arrives later, in order. */
  void slow(Way way, long delayMs) {
    set(way, Flow.FlowMode.OPEN, delayMs);
  }

  /** Closes the connections that two services have with each other; new ones are good. */
  void reset(String one, String other) {
    on(new Link(one, other), Relay::reset);
    on(new Link(other, one), Relay::reset);
  }

  private void set(Way way, Flow.FlowMode mode, long delayMs) {
    Link calls = new Link(way.sender(), way.receiver());
    Link called = new Link(way.receiver(), way.sender());
    on(calls, line -> line.set(Relay.Direction.REQUESTS, mode, delayMs));
    on(called, line -> line.set(Relay.Direction.ANSWERS, mode, delayMs));
  }

  private void on(Link link, Consumer<Relay> work) {
    Relay line = lines.get(link);
    if (line != null) {
      context.runOnContext(none -> work.accept(line));
    }
  }

  @Override
  public void heal() {
    lines.keySet().forEach(link -> Way.both(link.caller, link.called).forEach(way -> slow(way, 0)));
  }

  @Override
  public void close() {
    vertx.close();
  }
}
