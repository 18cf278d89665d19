package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Asks services how they are. An answer always comes within the limit: that there was none is one
 * too. By the plainest client there is: most commands live shorter than a better one takes to load.
 */
final class ServiceProbe {
  private static final ExecutorService CALLS = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "probe");
    thread.setDaemon(true); // one that hangs does not hold a command up
    return thread;
  });

  private final Optional<SSLContext> trust;

  /** Trusts these authorities; where there are none, those that the Java runtime trusts. */
  ServiceProbe(Collection<Path> authorities) {
    trust = authorities.isEmpty() ? Optional.empty() : Optional.of(TlsTrust.in(authorities));
  }

  /** What came back. */
  record ProbeAnswer(ProbeOutcome kind, int status, JsonNode body) {
    enum ProbeOutcome {
      ANSWERED,
      /** Nobody listens there. */
      REFUSED,
      /** Somebody may listen, but said nothing in time, or broke off. */
      SILENT
    }

    static ProbeAnswer none(ProbeOutcome kind) {
      return new ProbeAnswer(kind, 0, Json.object());
    }

    boolean isOk() {
      return status == HttpURLConnection.HTTP_OK;
    }
  }

  CompletableFuture<ProbeAnswer> get(URI service, String path, String token, Duration limit) {
    return ask(() -> call(service.resolve(path), token, Optional.empty(), limit), limit);
  }

  /** Sends a body, and asks for what is said to it. */
  CompletableFuture<ProbeAnswer> post(
      URI service, String path, String token, JsonNode body, Duration limit) {
    return ask(() -> call(service.resolve(path), token, Optional.of(body), limit), limit);
  }

  private static CompletableFuture<ProbeAnswer> ask(Supplier<ProbeAnswer> call, Duration limit) {
    return CompletableFuture.supplyAsync(call, CALLS)
        // The limits of a connection are for each of its steps.
        .completeOnTimeout(
            ProbeAnswer.none(ProbeAnswer.ProbeOutcome.SILENT),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private ProbeAnswer call(URI address, String token, Optional<JsonNode> body, Duration limit) {
    try {
      HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
      if (call instanceof HttpsURLConnection secure) {
        trust.ifPresent(context -> secure.setSSLSocketFactory(context.getSocketFactory()));
      }
      call.setConnectTimeout(Math.toIntExact(limit.toMillis()));
      call.setReadTimeout(Math.toIntExact(limit.toMillis()));
      call.setRequestProperty("Toystore-Token", token);
      if (body.isPresent()) {
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/json");
        call.getOutputStream().write(Json.line(body.get()).getBytes(StandardCharsets.UTF_8));
      }
      int status = call.getResponseCode();
      try (InputStream said =
          call.getErrorStream() == null ? call.getInputStream() : call.getErrorStream()) {
        return new ProbeAnswer(
            ProbeAnswer.ProbeOutcome.ANSWERED, status, Json.parse(said.readAllBytes()));
      }
    } catch (ConnectException e) {
      return ProbeAnswer.none(ProbeAnswer.ProbeOutcome.REFUSED);
    } catch (IOException e) {
      return ProbeAnswer.none(ProbeAnswer.ProbeOutcome.SILENT);
    }
  }
}
