package toystore.order;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.CallFailure;
import toystore.edge.MessageFormat;
import toystore.edge.ServiceClient;
import toystore.replication.Message;

/** Carries requests to one peer, and its replies back. Owned by one event loop. */
final class PeerLink {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
  private static final int MAX_IN_FLIGHT = 16;

  private final int self;
  private final int peer;
  private final ServiceClient client;
  private final MessageFormat format;
  private final Duration timeout;
  private final OrderMetrics metrics;
  private int inFlight;
  private boolean reachable = true;

  PeerLink(
      Vertx vertx,
      OrderConfig config,
      OrderConfig.Peer peer,
      MessageFormat format,
      OrderMetrics metrics) {
    this.metrics = metrics;
    this.self = config.id();
    this.peer = peer.id();
    this.format = format;
    this.timeout = config.replicateTimeout();
    this.client =
        new ServiceClient(vertx, peer.address(), config.token(), config.tls(), MAX_IN_FLIGHT);
  }

  /**
   * The peer's reply.
   *
   * @return fails when there is none in time, or when too many requests wait for theirs
   */
  Future<Message> send(Message request) {
    if (inFlight >= MAX_IN_FLIGHT) {
      return Future.failedFuture("too many requests in flight to replica " + peer);
    }
    inFlight++;
    long start = System.nanoTime();
    return client
        .exchange("/replicate", format.encode(request), timeout, metrics.requestsOf(request))
        .map(format::decode)
        .andThen(reply -> {
          inFlight--;
          metrics.exchanged(peer, request.entries().size(), System.nanoTime() - start);
          note(reply.cause());
        });
  }

  private void note(Throwable failure) {
    if (reachable != (failure == null)) {
      reachable = failure == null;
      if (reachable) {
        LOG.info("replica={} peer={} became=REACHABLE", self, peer);
      } else {
        String kind = failure instanceof CallFailure f ? f.kind().name() : "REJECTED";
        LOG.info(
            "replica={} peer={} became=UNREACHABLE kind={} cause={}",
            self,
            peer,
            kind,
            failure.getMessage());
      }
    }
  }

  Future<Void> close() {
    return client.close();
  }
}
