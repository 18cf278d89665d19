package toystore.frontend;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.ErrorResponses;
import toystore.model.StoreError;
import toystore.model.StoreException;

/** Public answers: a body, or a failure in the public shape. Each says how long it is. */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  private static final CharSequence ONE_SECOND = HttpHeaders.createOptimized("1");
  private static final int BAD_REQUEST = 400;
  private static final int HEAD_TOO_SLOW = 408;
  private static final int URI_TOO_LONG = 414;
  private static final int HEAD_TOO_LONG = 431;
  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL_ERROR = 500;

  private Replies() {}

  static void ok(HttpServerRequest request, Buffer json) {
    send(request, json);
  }

  /** Answers with what the future brings. */
  static void when(HttpServerRequest request, Future<Buffer> answer) {
    answer.onComplete(done -> {
      if (done.succeeded()) {
        send(request, done.result());
      } else {
        failed(request, done.cause());
      }
    });
  }

  static void failed(HttpServerRequest request, Throwable failure) {
    if (failure instanceof StoreException expected) {
      refused(request, ErrorResponses.statusOf(expected.error()), message(expected));
    } else {
      LOG.error("path={} failed", request.path(), failure);
      refused(request, INTERNAL_ERROR, "internal error");
    }
  }

  static void refused(HttpServerRequest request, int status, String message) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    if (status == UNAVAILABLE) {
      response.putHeader(RETRY_AFTER, ONE_SECOND);
    }
    send(request, ErrorResponses.publicBody(status, message));
  }

  /** Answers what is not HTTP, or has too long or too slow a head, and ends the connection. */
  static void malformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      refused(request, URI_TOO_LONG, "the request line is too long");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refused(request, HEAD_TOO_LONG, "the headers are too long");
    } else if (cause instanceof TimeoutException) {
      refused(request, HEAD_TOO_SLOW, "the head of the request took too long");
    } else {
      refused(request, BAD_REQUEST, "the request is not HTTP/1.1");
    }
    request.connection().close();
  }

  /** Sends a body of any type; JSON unless the response says otherwise. */
  static void send(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return; // The client has gone.
    }
    if (!response.headers().contains(HttpHeaders.CONTENT_TYPE)) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
    }
    if (request.method() == HttpMethod.HEAD) {
      response
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
          .end();
    } else {
      response.end(body);
    }
  }

  /** For the customer; messages between services may name addresses. */
  private static String message(StoreException failure) {
    StoreError error = failure.error();
    return switch (error) {
      case BAD_REQUEST -> failure.getMessage();
      case TOY_NOT_FOUND -> "no toy has this name";
      case ORDER_NOT_FOUND -> "no order has this number";
      case OUT_OF_STOCK -> "not enough in stock; nothing was taken";
      case KEY_REUSED -> "the Idempotency-Key was used with another body";
      case NOT_LEADER, FENCED, SESSION_EXPIRED, UNAVAILABLE ->
        "the store cannot answer now; try again soon";
    };
  }
}
