package toystore.edge;

import io.vertx.core.Future;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import toystore.stock.CatalogMessages.Done;
import toystore.stock.FrontEndMessages.Invalidate;
import toystore.stock.FrontEndMessages.ToyChange;
import toystore.stock.Invalidation;

/**
 * Brings news to the front-ends: for each session one request in flight, the rest together in the
 * next. A request that fails is not repeated here: the core pushes again what is not acknowledged,
 * for as long as the session lives. Owned by one event loop.
 */
public final class InvalidationPublisher {
  private static final int MAX_CHANGES = 1_000;
  private static final int MAX_WAITING = 100_000;

  /** The ways to the front-ends. */
  @FunctionalInterface
  public interface FrontEnds {
    /** @param address where the front-end listens, as it said in its hello */
    FrontEndLink open(String address);

    /** A front-end has dropped a toy, so long after the news of it came here. */
    default void told(long nanos) {}
  }

  /** The way to one front-end. */
  public interface FrontEndLink {
    /**
     * Tells it to drop copies.
     *
     * @return when it has dropped them; fails in a bounded time when that is not known
     */
    Future<Done> tell(Invalidate news);

    void close();
  }

  private record Outlet(FrontEndLink line, Batcher<ToyChange, Done> batcher) {}

  private final Loop loop;
  private final FrontEnds frontEnds;
  private final BiConsumer<Long, List<ToyChange>> acknowledged;
  private final Map<Long, Outlet> outlets = new HashMap<>();

  /** @param acknowledged gets the session and what it has dropped */
  public InvalidationPublisher(
      Loop loop, FrontEnds frontEnds, BiConsumer<Long, List<ToyChange>> acknowledged) {
    this.loop = loop;
    this.frontEnds = frontEnds;
    this.acknowledged = acknowledged;
  }

  /** Takes news for a front-end. */
  public void push(Invalidation news) {
    long cameNanos = loop.nanos();
    // Where it fails, its batch knows.
    outlets
        .computeIfAbsent(news.session(), session -> open(session, news.address()))
        .batcher
        .add(new ToyChange(news.toy(), news.version()))
        .onSuccess(done -> frontEnds.told(loop.nanos() - cameNanos));
  }

  /** The session is over: what waits for it is dropped. */
  public void close(long session) {
    Outlet outlet = outlets.remove(session);
    if (outlet != null) {
      outlet.batcher.close(new IllegalStateException("session " + session + " is over"));
      outlet.line.close();
    }
  }

  /** All sessions are over. */
  public void close() {
    List.copyOf(outlets.keySet()).forEach(this::close);
  }

  private Outlet open(long session, String address) {
    FrontEndLink line = frontEnds.open(address);
    return new Outlet(
        line, new Batcher<>(MAX_CHANGES, 1, MAX_WAITING, changes -> tell(line, session, changes)));
  }

  private Future<List<Done>> tell(FrontEndLink line, long session, List<ToyChange> changes) {
    return line.tell(new Invalidate(session, changes)).map(done -> {
      acknowledged.accept(session, changes);
      return Collections.nCopies(changes.size(), done);
    });
  }
}
