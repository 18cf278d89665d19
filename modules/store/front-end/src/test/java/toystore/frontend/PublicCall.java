package toystore.frontend;

import io.vertx.core.http.HttpMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * What a client asked of the public API, and what it got.
 *
 * @param headers of the request, names in lower case
 * @param body of the request; null for none
 * @param answerHeaders names in lower case
 */
record PublicCall(
    HttpMethod method,
    String path,
    Map<String, String> headers,
    String body,
    int status,
    Map<String, String> answerHeaders,
    String answer) {

  static PublicCall of(HttpRequest request, HttpResponse<String> response) {
    return new PublicCall(
        HttpMethod.valueOf(request.method()),
        settled(request.uri().getRawPath()),
        lowerCase(request.headers().map()),
        body(request),
        response.statusCode(),
        lowerCase(response.headers().map()),
        response.body());
  }

  /** The same of bytes: a request as it was sent, with its head in ASCII. */
  static PublicCall of(String request, RawHttp.Answer answer) {
    String[] parts = request.split("\r\n\r\n", 2);
    String[] line = parts[0].split("\r\n")[0].split(" ");
    return new PublicCall(
        HttpMethod.valueOf(line[0]),
        settled(line[1].split("\\?")[0]),
        headers(parts[0]),
        parts.length == 1 || parts[1].isEmpty() ? null : parts[1],
        answer.status(),
        headers(answer.head()),
        answer.body());
  }

  private static String body(HttpRequest request) {
    BodySubscriber<String> text = BodySubscribers.ofString(StandardCharsets.UTF_8);
    request
        .bodyPublisher()
        .filter(publisher -> publisher.contentLength() > 0)
        .ifPresentOrElse(
            publisher -> publisher.subscribe(new Flow.Subscriber<ByteBuffer>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                text.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer part) {
                text.onNext(List.of(part));
              }

              @Override
              public void onError(Throwable failure) {
                text.onError(failure);
              }

              @Override
              public void onComplete() {
                text.onComplete();
              }
            }),
            text::onComplete);
    String body = text.getBody().toCompletableFuture().join();
    return body.isEmpty() ? null : body;
  }

  private static String settled(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> headers = new LinkedHashMap<>();
    head.lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(":", 2))
        .forEach(header -> headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip()));
    return headers;
  }

  private static Map<String, String> lowerCase(Map<String, ? extends Iterable<String>> map) {
    Map<String, String> headers = new LinkedHashMap<>();
    map.forEach((name, values) ->
        headers.put(name.toLowerCase(Locale.ROOT), values.iterator().next()));
    return headers;
  }
}
