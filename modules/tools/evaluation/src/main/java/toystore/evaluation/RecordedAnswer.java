package toystore.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import toystore.api.StoreClient;
import toystore.api.StoreClient.RawAnswer;
import toystore.operations.OperationFailed;

/**
 * What the store answered to a request once, for the ceiling to say again.
 *
 * @param headers without those that belong to the connection
 */
record RecordedAnswer(String method, String path, Map<String, String> headers, String body) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int OK = 200;
  private static final List<String> OF_CONNECTION =
      List.of("content-length", "connection", "transfer-encoding");

  /** Asks the store. */
  static RecordedAnswer of(StoreClient store, BenchRequest request) {
    RawAnswer answer =
        store.send(request.method(), request.path(), request.body()).await();
    if (answer.status() != OK) {
      throw new OperationFailed(request.method() + " " + request.path() + ": "
          + (answer.silence() == null ? "answered " + answer.status() : answer.detail()));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    answer.headers().forEach((name, value) -> {
      if (!OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        headers.putIfAbsent(name, value);
      }
    });
    String body = answer.body().toString();
    return new RecordedAnswer(request.method().name(), request.path(), headers, body);
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
