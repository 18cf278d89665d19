package toystore.catalog;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.Address;
import toystore.edge.Batcher;
import toystore.edge.ServiceClient;
import toystore.edge.Tls;
import toystore.edge.Token;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.FrontEndMessages.Change;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.Invalidation;

/**
 * Brings news to the front-ends: for each session one request in flight, the rest together in the
 * next. A request that fails is not repeated here: the core pushes again what is not acknowledged,
 * for as long as the session lives. Owned by one event loop.
 */
final class InvalidationPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(InvalidationPublisher.class);
  private static final int MAX_CHANGES = 1_000;
  private static final int MAX_WAITING = 100_000;

  private record Outlet(ServiceClient client, Batcher<Change, Done> batcher) {}

  private final Vertx vertx;
  private final Token token;
  private final Optional<Tls> tls;
  private final Duration timeout;
  private final BiConsumer<Long, List<Change>> acknowledged;
  private final Map<Long, Outlet> outlets = new HashMap<>();

  /**
   * @param timeout for one request
   * @param acknowledged gets the session and what it has dropped
   */
  InvalidationPublisher(
      Vertx vertx,
      Token token,
      Optional<Tls> tls,
      Duration timeout,
      BiConsumer<Long, List<Change>> acknowledged) {
    this.vertx = vertx;
    this.token = token;
    this.tls = tls;
    this.timeout = timeout;
    this.acknowledged = acknowledged;
  }

  void push(Invalidation push) {
    // How each item fared is known from its batch.
    outlets
        .computeIfAbsent(push.session(), session -> open(session, push.address()))
        .batcher
        .add(new Change(push.toy(), push.version()));
  }

  /** The session is over: what waits for it is dropped. */
  void close(long session) {
    Outlet outlet = outlets.remove(session);
    if (outlet != null) {
      outlet.batcher.close(new IllegalStateException("session " + session + " is over"));
      outlet.client.close();
    }
  }

  Future<Void> close() {
    List.copyOf(outlets.keySet()).forEach(this::close);
    return Future.succeededFuture();
  }

  private Outlet open(long session, String address) {
    ServiceClient client = new ServiceClient(vertx, Address.parse(address), token, tls, 1);
    return new Outlet(
        client,
        new Batcher<>(MAX_CHANGES, 1, MAX_WAITING, changes -> send(client, session, changes)));
  }

  private Future<List<Done>> send(ServiceClient client, long session, List<Change> changes) {
    return client
        .post("/invalidate", new Invalidate(session, changes), Done.class, timeout)
        .map(done -> {
          acknowledged.accept(session, changes);
          return Collections.nCopies(changes.size(), done);
        })
        .onFailure(failure -> LOG.debug("session={} invalidation failed", session, failure));
  }
}
