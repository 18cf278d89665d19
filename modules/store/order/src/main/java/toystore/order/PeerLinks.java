package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import toystore.edge.MessageFormat;
import toystore.replication.Message;

/** The ways to all peers. Owned by one event loop. */
final class PeerLinks implements PeersPort {
  private final Map<Integer, PeerLink> links = new LinkedHashMap<>();

  PeerLinks(Vertx vertx, OrderConfig config, MessageFormat format, OrderMetrics metrics) {
    for (OrderConfig.Peer peer : config.peers()) {
      links.put(peer.id(), new PeerLink(vertx, config, peer, format, metrics));
    }
  }

  @Override
  public Set<Integer> ids() {
    return links.keySet();
  }

  @Override
  public Future<Message> send(Message request) {
    return links.get(request.to()).send(request);
  }

  Future<?> close() {
    return Future.join(links.values().stream().map(PeerLink::close).toList());
  }
}
