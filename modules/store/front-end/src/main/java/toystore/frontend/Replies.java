package toystore.frontend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.edge.ErrorResponses;
import toystore.edge.RequestId;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Public answers: a body, or a failure in the public shape. Each says how long it is, and when it
 * was given. Owned by one event loop.
 */
final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  private static final CharSequence ONE_SECOND = HttpHeaders.createOptimized("1");
  private static final CharSequence TYPE_OPTIONS =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NO_SNIFFING = HttpHeaders.createOptimized("nosniff");
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL_ERROR = 500;

  private final HttpDate date = new HttpDate();
  private final Cors cors;
  private final RequestWatch requests;

  Replies(Cors cors, RequestWatch requests) {
    this.cors = cors;
    this.requests = requests;
  }

  /** Answers what failed on any route. */
  void failed(RoutingContext ctx) {
    answer(ctx.request(), ctx.failure());
  }

  /** Answers what failed before a route was looked for. */
  void failed(HttpServerRequest request, Throwable failure) {
    answer(request, failure);
    requests.refusedUnrouted(request.response().getStatusCode());
  }

  private void answer(HttpServerRequest request, Throwable failure) {
    if (failure instanceof StoreException expected) {
      refused(request, ErrorResponses.statusOf(expected.error()), message(expected));
    } else if (failure instanceof RefusedException refused) {
      refused(request, refused.fault().kind().status(), refused.fault().message());
    } else {
      LOG.error("path={} request={} failed", request.path(), RequestId.of(request), failure);
      refused(request, INTERNAL_ERROR, "internal error");
    }
  }

  private void refused(HttpServerRequest request, int status, String message) {
    HttpServerResponse response = request.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    RequestId.of(request);
    if (status == UNAVAILABLE || status == HttpFault.TOO_MANY.status()) {
      response.putHeader(RETRY_AFTER, ONE_SECOND);
    }
    send(request, ErrorResponses.publicBody(status, message));
  }

  /** Answers what is not HTTP, or has too long or too slow a head, and ends the connection. */
  void malformed(HttpServerRequest request) {
    RequestFault fault = RequestGate.fault(request.decoderResult().cause(), RequestFault.NOT_HTTP);
    broken(request, fault);
  }

  /** Refuses a request behind which nothing can be read, and ends the connection. */
  void broken(HttpServerRequest request, RequestFault fault) {
    if (!request.response().headWritten()) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      failed(request, new RefusedException(fault));
    }
    request.connection().close();
  }

  /** Sends a body of any type; JSON unless the response says otherwise. */
  void send(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return; // The client has gone.
    }
    if (!response.headers().contains(HttpHeaders.CONTENT_TYPE)) {
      response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).putHeader(TYPE_OPTIONS, NO_SNIFFING);
    }
    end(request, body);
  }

  /** Answers which methods a path takes. */
  void options(HttpServerRequest request, String methods) {
    request.response().setStatusCode(NO_CONTENT).putHeader(HttpHeaders.ALLOW, methods);
    cors.permit(request, methods);
    end(request, null);
  }

  private void end(HttpServerRequest request, Buffer body) {
    HttpServerResponse response = request.response();
    boolean isLast = mark(request);
    if (body == null) {
      response.end();
    } else if (request.method() == HttpMethod.HEAD) {
      response
          .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
          .end();
    } else {
      response.end(body);
    }
    if (isLast) {
      request.connection().close();
    }
  }

  /**
   * Says in an answer what every answer says.
   *
   * @return whether the connection is to be closed behind it
   */
  boolean mark(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response.putHeader(HttpHeaders.DATE, date.at(System.currentTimeMillis()));
    cors.mark(request);
    // Whether the client still sends what it offered, nobody knows: the connection is of no use.
    boolean isLast = RequestBodies.isOffered(request);
    if (isLast) {
      response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    return isLast;
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
      case NOT_LEADER, FENCED, UNVERIFIED, SESSION_EXPIRED, FULL, UNAVAILABLE ->
        failure instanceof TroubleException
            ? failure.getMessage()
            : "the store cannot answer now; try again soon";
    };
  }
}
