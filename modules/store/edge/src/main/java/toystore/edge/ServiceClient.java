package toystore.edge;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * Calls one other service. Every call ends, at the latest by its timeout; what the other refused
 * comes back as the {@link StoreException} it was there, and no answer as a {@link CallFailure}.
 */
public final class ServiceClient {
  private static final int MAX_WAITING = 1_000;
  private static final int CONNECT_TIMEOUT_MS = 1_000;
  /** Longer than any call, of which the longest takes a minute. */
  private static final int IDLE_TIMEOUT_S = 90;

  private final Vertx vertx;
  private final Address address;
  private final Token token;
  private final HttpClient client;
  private final PlannedAbsence absence;
  private volatile boolean closed;

  /**
   * @param connections to the service at most; calls beyond them wait
   */
  public ServiceClient(
      Vertx vertx, Address address, Token token, Optional<Tls> tls, int connections) {
    this(vertx, address, token, tls, connections, new PlannedAbsence());
  }

  /**
   * The same for a service that may be away on purpose.
   *
   * @param absence asked when a call has failed
   */
  public ServiceClient(
      Vertx vertx,
      Address address,
      Token token,
      Optional<Tls> tls,
      int connections,
      PlannedAbsence absence) {
    this.absence = absence;
    this.vertx = vertx;
    this.address = address;
    this.token = token;
    HttpClientOptions options = new HttpClientOptions()
        .setDefaultHost(address.urlHost())
        .setDefaultPort(address.port())
        .setConnectTimeout(CONNECT_TIMEOUT_MS)
        // Where an answer breaks off in the middle, nothing else would free its connection.
        .setIdleTimeout(IDLE_TIMEOUT_S)
        .setTcpNoDelay(true);
    tls.ifPresent(t -> t.applyTo(options));
    this.client = vertx
        .httpClientBuilder()
        .with(options)
        // Each call that a broken connection ends says so itself.
        .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
        .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(MAX_WAITING))
        .build();
  }

  /** Sends a record and reads a record. */
  public <T> Future<T> post(String path, Object body, Class<T> type, Duration timeout) {
    return exchange(HttpMethod.POST, path, WireFormat.encode(body), timeout)
        .map(answer -> WireFormat.decode(answer, type));
  }

  /** The same, and says of which requests the body is. */
  public <T> Future<T> post(
      String path, Object body, Class<T> type, Duration timeout, String requests) {
    return exchange(path, WireFormat.encode(body), timeout, requests)
        .map(answer -> WireFormat.decode(answer, type));
  }

  /** Reads a record. */
  public <T> Future<T> get(String path, Class<T> type, Duration timeout) {
    return exchange(HttpMethod.GET, path, null, timeout)
        .map(answer -> WireFormat.decode(answer, type));
  }

  /** Sends and reads bodies as they are; a null body sends none. */
  public Future<Buffer> exchange(HttpMethod method, String path, Buffer body, Duration timeout) {
    return exchange(method, path, body, timeout, null);
  }

  /**
   * Posts a body as it is.
   *
   * @param requests see {@link RequestTrail#header}
   */
  public Future<Buffer> exchange(String path, Buffer body, Duration timeout, String requests) {
    return exchange(HttpMethod.POST, path, body, timeout, requests);
  }

  private Future<Buffer> exchange(
      HttpMethod method, String path, Buffer body, Duration timeout, String requests) {
    if (Vertx.currentContext() != null) {
      return exchangeOnLoop(method, path, body, timeout, requests);
    }
    // Off the event loops a body can be over before anybody reads it, and is then empty.
    Promise<Buffer> answer = Promise.promise();
    vertx.runOnContext(
        none -> exchangeOnLoop(method, path, body, timeout, requests).onComplete(answer));
    return answer.future();
  }

  private Future<Buffer> exchangeOnLoop(
      HttpMethod method, String path, Buffer body, Duration timeout, String requests) {
    if (closed) {
      return Future.failedFuture(new CallFailure(
          CallFailure.FailureCause.REFUSED, address + path + ": the client is closed", null));
    }
    RequestOptions options = new RequestOptions()
        .setMethod(method)
        .setURI(path)
        // Frees the connection while no answer begins. The wait for one has no timer: the pool's
        // own may fail a call that has just been served (Vert.x issue 6169).
        .setIdleTimeout(timeout.toMillis())
        .putHeader(Token.HEADER, token.text())
        .putHeader(WireVersion.HEADER, WireVersion.OURS);
    if (body != null) {
      options.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    }
    if (requests != null) {
      options.putHeader(RequestTrail.HEADER, requests);
    }
    long deadlineNs = System.nanoTime() + timeout.toNanos();
    return client
        .request(options)
        .compose(request -> System.nanoTime() - deadlineNs < 0
            ? send(request, body)
            : giveBack(request).compose(done -> Future.failedFuture(new TimeoutException())))
        .compose(response -> response
            .body()
            .compose(answer -> response.statusCode() == 200
                ? Future.succeededFuture(answer)
                : Future.failedFuture(refusal(response.statusCode(), answer))))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> Future.failedFuture(failureOf(path, failure)));
  }

  private static Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
    return body == null ? request.send() : request.send(body);
  }

  /** Nothing was sent on it, so the connection stays good for the next call. */
  private static Future<Void> giveBack(HttpClientRequest request) {
    return request.exceptionHandler(reset -> {}).reset().mapEmpty();
  }

  /** What waits for a connection, or for an answer, ends unanswered, and so does all that comes. */
  public Future<Void> close() {
    closed = true;
    return client.close();
  }

  private StoreException refusal(int status, Buffer answer) {
    ErrorBody.Detail detail = WireFormat.decode(answer, ErrorBody.class).error();
    StoreError error = detail.reason() == null ? StoreError.UNAVAILABLE : detail.reason();
    String message = address + " answered " + status + ": " + detail.message();
    return detail.leader() == null
        ? new StoreException(error, message)
        : new NotLeaderException(detail.leader(), message);
  }

  private Throwable failureOf(String path, Throwable failure) {
    if (failure instanceof StoreException) {
      return failure;
    }
    String what = address + path + ": " + failure.getMessage();
    return new CallFailure(
        absence.isOn() ? CallFailure.FailureCause.SILENT : kindOf(failure), what, failure);
  }

  private static CallFailure.FailureCause kindOf(Throwable failure) {
    if (failure instanceof TimeoutException || failure instanceof ConnectTimeoutException) {
      return CallFailure.FailureCause.SILENT;
    }
    if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
      return CallFailure.FailureCause.REFUSED;
    }
    return CallFailure.FailureCause.BROKEN;
  }
}
