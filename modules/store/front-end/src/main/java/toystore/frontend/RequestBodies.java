package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * Bodies of public requests: bounded in size, and in the time they may take to come. Owned by one
 * event loop.
 */
final class RequestBodies {
  static final int MAX_BYTES = 16 << 10;
  private static final String BODY = "body";
  private static final String CONTINUE = "100-continue";
  private static final RequestFault TOO_SLOW =
      new RequestFault(HttpFault.TOO_SLOW, "the body took too long");

  private final Replies replies;
  private final Overdue<HttpServerRequest> incomplete;

  RequestBodies(Replies replies, long limitMs) {
    this.replies = replies;
    incomplete = new Overdue<>(limitMs);
  }

  /** Whether a request asks whether to send its body, and was not told yet (RFC 9110, 10.1.1). */
  static boolean isOffered(HttpServerRequest request) {
    return CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
        && request.version() == HttpVersion.HTTP_1_1
        && hasBody(request);
  }

  /** Refuses a request that expects what this store cannot do. */
  static void checkExpectation(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.EXPECT)
        && request.version() == HttpVersion.HTTP_1_1
        && request.headers().getAll(HttpHeaders.EXPECT).stream()
            .anyMatch(expected -> !expected.isBlank() && !CONTINUE.equalsIgnoreCase(expected))) {
      throw new RefusedException(
          HttpFault.EXPECTATION_FAILED, "this store knows Expect: 100-continue only");
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || announcedBytes(request) > 0;
  }

  /** Watches over the body of a request, if it has one, whoever reads it or not. */
  void watch(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      incomplete.begin(request, MonotonicClock.millis());
      request.exceptionHandler(broken -> {
        // A request that is complete may be a purchase under way: nothing is wrong with that.
        if (!request.isEnded()) {
          replies.broken(request, RequestGate.fault(broken, RequestFault.BROKEN_BODY));
        }
      });
      // Not by an end handler: who reads the body sets another, on a request that wraps this one.
      request.end().onComplete(ended -> incomplete.end(request));
    }
  }

  /** Reads the body, and goes on when it is complete. */
  void read(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (announcedBytes(request) > MAX_BYTES) {
      throw new RefusedException(RequestFault.TOO_LARGE);
    }
    if (isOffered(request)) {
      request.headers().remove(HttpHeaders.EXPECT);
      request.response().writeContinue();
    }
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() > MAX_BYTES) {
        return; // Refused already; what still comes is let go.
      }
      body.appendBuffer(chunk);
      if (body.length() > MAX_BYTES) {
        ctx.fail(new RefusedException(RequestFault.TOO_LARGE));
      }
    });
    request.endHandler(end -> {
      if (body.length() <= MAX_BYTES) {
        ctx.put(BODY, body.getBytes());
        ctx.next();
      }
    });
  }

  /** What {@link #read} has read. */
  static byte[] of(RoutingContext ctx) {
    return ctx.get(BODY);
  }

  /** Ends the connections whose bodies take too long. */
  void review() {
    for (HttpServerRequest request : incomplete.take(MonotonicClock.millis())) {
      // It may have its answer already: some answers do not wait for the body.
      replies.broken(request, TOO_SLOW);
    }
  }

  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length); // The gate let only numbers through.
  }
}
