package toystore.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import toystore.operations.OperationFailed;

/**
 * What the store answered to a request once, for the ceiling to say again.
 *
 * @param headers without those that belong to the connection
 */
record RecordedAnswer(String method, String path, Map<String, String> headers, String body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final int OK = 200;
  private static final List<String> OF_CONNECTION =
      List.of("content-length", "connection", "transfer-encoding");

  /** Asks the store. */
  static RecordedAnswer of(URI store, Request request) throws IOException, InterruptedException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(store.resolve(request.path()))
        .timeout(TIMEOUT)
        .version(HttpClient.Version.HTTP_1_1);
    if (request.body() != null) {
      builder
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(request.body().getBytes()));
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(builder.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new OperationFailed(
          request.method() + " " + request.path() + " answered " + answer.statusCode());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    answer.headers().map().forEach((name, values) -> {
      if (!OF_CONNECTION.contains(name)) {
        headers.put(name, values.get(0));
      }
    });
    return new RecordedAnswer(request.method().name(), request.path(), headers, answer.body());
  }

  /** One line. */
  String encode() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts is always JSON", e);
    }
  }

  static RecordedAnswer decode(String line) throws JsonProcessingException {
    return JSON.readValue(line, RecordedAnswer.class);
  }
}
