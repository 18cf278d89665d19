package toystore.edge;

import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.FrontEndMessages.Invalidate;

/** One front-end, called over HTTP. */
public final class FrontEndClient implements InvalidationPublisher.FrontEndLink {
  private static final Logger LOG = LoggerFactory.getLogger(FrontEndClient.class);

  private final ServiceClient client;
  private final Duration timeout;

  /** @param timeout of one try */
  public FrontEndClient(ServiceClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  @Override
  public Future<Done> tell(Invalidate news) {
    return client
        .post("/invalidate", news, Done.class, timeout)
        .onFailure(failure -> LOG.debug("session={} invalidation failed", news.session(), failure));
  }

  @Override
  public void close() {
    client.close();
  }
}
