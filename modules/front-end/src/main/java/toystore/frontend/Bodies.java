package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Bodies of public requests: bounded in size, and in the time they may take to come. Owned by one
 * event loop.
 */
final class Bodies {
  private static final int MAX_BYTES = 16 << 10;
  private static final int BROKEN = 400;
  private static final int TOO_LARGE = 413;
  private static final int TOO_SLOW = 408;

  private final Overdue<HttpServerRequest> incomplete;

  Bodies(long limitMs) {
    incomplete = new Overdue<>(limitMs);
  }

  /** Watches over the body of a request, if it has one, whoever reads it or not. */
  void watch(HttpServerRequest request) {
    if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      incomplete.begin(request, MonotonicClock.millis());
      request.exceptionHandler(broken -> {
        incomplete.end(request);
        Replies.refused(request, BROKEN, "the body is broken off, or is not HTTP");
      });
      request.endHandler(end -> incomplete.end(request));
    }
  }

  /** Reads a body; answers the request itself when the body is too long. */
  void read(HttpServerRequest request, Consumer<byte[]> use) {
    if (announcedBytes(request) > MAX_BYTES) {
      tooLarge(request);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() > MAX_BYTES) {
        return; // Refused already; what still comes is let go.
      }
      body.appendBuffer(chunk);
      if (body.length() > MAX_BYTES) {
        tooLarge(request);
      }
    });
    request.endHandler(end -> {
      incomplete.end(request);
      if (body.length() <= MAX_BYTES) {
        use.accept(body.getBytes());
      }
    });
  }

  /** Ends the connections whose bodies take too long. */
  void review() {
    for (HttpServerRequest request : incomplete.take(MonotonicClock.millis())) {
      // It may have its answer already: some answers do not wait for the body.
      if (!request.response().headWritten()) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Replies.refused(request, TOO_SLOW, "the body took too long");
      }
      request.connection().close();
    }
  }

  private static long announcedBytes(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // Digits only, else the decoder had refused it: so it is huge.
    }
  }

  private static void tooLarge(HttpServerRequest request) {
    Replies.refused(request, TOO_LARGE, "the body is over " + MAX_BYTES + " bytes");
  }
}
