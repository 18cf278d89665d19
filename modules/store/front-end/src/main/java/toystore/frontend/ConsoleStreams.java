package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Set;
import toystore.edge.Loop;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * The consoles that are open on one event loop. Each gets every frame of the feed, the same bytes
 * as all others. One that does not read is passed over, and ended when that lasts: nobody waits for
 * it, and no more is kept for it than its connection holds. Owned by that event loop.
 */
final class ConsoleStreams {
  private static final CharSequence TYPE = HttpHeaders.createOptimized("text/event-stream");
  private static final CharSequence NOT_KEPT = HttpHeaders.createOptimized("no-store");
  private static final CharSequence LAST_ID = HttpHeaders.createOptimized("Last-Event-ID");

  private final Loop loop;
  private final ConsoleFeed feed;
  private final Replies replies;
  private final long patienceMs;
  private final Set<ConsoleStream> streams = new LinkedHashSet<>();

  /** @param patienceMs so long a console may read nothing */
  ConsoleStreams(Loop loop, ConsoleFeed feed, Replies replies, long patienceMs) {
    this.loop = loop;
    this.feed = feed;
    this.replies = replies;
    this.patienceMs = patienceMs;
  }

  /** Answers with a stream that lasts; fails with UNAVAILABLE when there are too many. */
  void open(RoutingContext ctx) {
    if (!feed.admit()) {
      throw new StoreException(StoreError.UNAVAILABLE, "too many consoles are open");
    }
    HttpServerResponse response = ctx.response();
    ConsoleStream stream = new ConsoleStream(response);
    streams.add(stream);
    response.closeHandler(closed -> leave(stream));
    response.exceptionHandler(broken -> leave(stream));
    PublicPipeline.boundSending(ctx.request().connection());
    replies.mark(ctx.request());
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT)
        .putHeader("X-Content-Type-Options", "nosniff");
    join(stream, ctx.request().getHeader(LAST_ID));
  }

  /** Sends a frame to all that are open here. Any thread; in the order of the calls. */
  void deliver(String id, Buffer frame) {
    loop.execute(() -> {
      for (ConsoleStream stream : streams.toArray(ConsoleStream[]::new)) {
        stream.send(id, frame);
      }
    });
  }

  /** Ends them all; a browser comes back by itself. */
  void close() {
    for (ConsoleStream stream : streams.toArray(ConsoleStream[]::new)) {
      leave(stream);
      stream.response.end();
    }
  }

  private void join(ConsoleStream stream, String lastId) {
    stream.isJoined = false;
    feed.join(
        this,
        lastId,
        (id, frames) -> loop.execute(() -> {
          if (streams.contains(stream)) {
            stream.isJoined = true;
            stream.write(id, frames);
          }
        }));
  }

  private void leave(ConsoleStream stream) {
    if (streams.remove(stream)) {
      feed.left(this, streams.isEmpty());
    }
  }

  /** One console. */
  private final class ConsoleStream {
    private final HttpServerResponse response;
    private boolean isJoined;
    private String lastId;
    private boolean isBehind;
    private long behindSinceMs;

    private ConsoleStream(HttpServerResponse response) {
      this.response = response;
    }

    private void send(String id, Buffer frame) {
      if (response.writeQueueFull()) {
        fallBehind();
      } else if (isBehind) {
        isBehind = false;
        join(this, lastId);
      } else if (isJoined) {
        write(id, frame);
      }
    }

    private void write(String id, Buffer frame) {
      lastId = id;
      response.write(frame);
    }

    private void fallBehind() {
      if (!isBehind) {
        isBehind = true;
        behindSinceMs = loop.millis();
      } else if (loop.millis() - behindSinceMs > patienceMs) {
        leave(this);
        response.reset();
      }
    }
  }
}
