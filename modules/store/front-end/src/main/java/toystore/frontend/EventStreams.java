package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Readers of one kind of server-sent events. There may be only so many; who has not read for too
 * long is let go, and loses nothing: a browser comes back by itself, and gets the whole first. So
 * nothing is kept for a slow reader but what its connection holds. Owned by one event loop.
 */
final class EventStreams {
  /** A reader that took nothing for so long is let go. */
  private static final long STUCK_MS = 10_000;
  /** After so long a reader has to come again: one that is gone may never have said so. */
  private static final long LIFE_MS = 15 * 60_000L;

  private static final Buffer FIRST = Buffer.buffer("retry: 1000\n\n");

  private final int limit;
  private final Supplier<Buffer> whole;
  private final Map<HttpServerResponse, Reader> readers = new LinkedHashMap<>();

  /**
   * @param limit how many readers there may be
   * @param whole the event for a reader that knows nothing yet; null while there is none
   */
  EventStreams(int limit, Supplier<Buffer> whole) {
    this.limit = limit;
    this.whole = whole;
  }

  /** An event as it goes over the line; the text has no line breaks. */
  static Buffer event(Buffer json) {
    return Buffer.buffer("data: ").appendBuffer(json).appendString("\n\n");
  }

  /** Begins a stream of events in answer to a request, or fails it: there are too many. */
  void open(RoutingContext ctx, long nowMs) {
    if (readers.size() >= limit) {
      ctx.fail(new RefusedException(
          HttpFault.BUSY, "too many pages listen to this store; try again soon"));
      return;
    }
    HttpServerResponse response = ctx.response();
    readers.put(response, new Reader(nowMs));
    ctx.addEndHandler(over -> readers.remove(response));
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .setChunked(true)
        .write(FIRST);
    Buffer all = whole.get();
    if (all != null) {
      response.write(all);
    } else {
      readers.get(response).needsWhole = true;
    }
  }

  /** Sends what is new to those who can take it. */
  void send(Buffer event, long nowMs) {
    List<HttpServerResponse> over = new ArrayList<>();
    readers.forEach((response, reader) -> {
      if (response.writeQueueFull()) {
        reader.needsWhole = true;
        if (nowMs - reader.tookMs > STUCK_MS) {
          over.add(response);
        }
      } else if (nowMs - reader.beganMs > LIFE_MS) {
        over.add(response);
      } else {
        Buffer all = reader.needsWhole ? whole.get() : null;
        response.write(all == null ? event : all);
        reader.needsWhole &= all == null;
        reader.tookMs = nowMs;
      }
    });
    over.forEach(this::end);
  }

  /** Ends all of them. */
  void close() {
    List.copyOf(readers.keySet()).forEach(this::end);
  }

  int size() {
    return readers.size();
  }

  private void end(HttpServerResponse response) {
    readers.remove(response);
    if (response.writeQueueFull()) {
      response.reset(); // An orderly end would wait behind what is not read.
    } else {
      response.end();
    }
  }

  /** One who reads. */
  private static final class Reader {
    private final long beganMs;
    private long tookMs;
    /** Whether it missed events, and so must be told all. */
    private boolean needsWhole;

    Reader(long nowMs) {
      beganMs = nowMs;
      tookMs = nowMs;
    }
  }
}
