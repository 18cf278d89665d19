package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Asks services how they are. An answer always comes within the limit: that there was none is one too. */
final class Probe {
  private final HttpClient client;

  /** Trusts these authorities; where there are none, those that the Java runtime trusts. */
  Probe(Collection<Path> authorities) {
    HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    if (!authorities.isEmpty()) {
      builder.sslContext(Trust.in(authorities));
    }
    client = builder.build();
  }

  /** What came back. */
  record Answer(Kind kind, int status, JsonNode body) {
    enum Kind {
      ANSWERED,
      /** Nobody listens there. */
      REFUSED,
      /** Somebody may listen, but said nothing in time, or broke off. */
      SILENT
    }

    boolean isOk() {
      return status == 200;
    }
  }

  CompletableFuture<Answer> get(URI service, String path, String token, Duration limit) {
    HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
        .header("Toystore-Token", token)
        .timeout(limit)
        .build();
    return client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response ->
            new Answer(Answer.Kind.ANSWERED, response.statusCode(), Json.parse(response.body())))
        // The request's own limit ends with the head of the response.
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> new Answer(kindOf(failure), 0, Json.object()));
  }

  private static Answer.Kind kindOf(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ConnectException ? Answer.Kind.REFUSED : Answer.Kind.SILENT;
  }
}
