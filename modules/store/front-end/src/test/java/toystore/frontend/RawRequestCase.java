package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import toystore.frontend.RawHttp.Answer;

/** What tests of single requests have in common, byte by byte. */
abstract class RawRequestCase extends PublicApiCase {
  static final String GOOD = "{\"name\":\"Tux\",\"quantity\":1}";

  Answer post(String headers, String body) throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      Answer answer = http.send("POST /orders HTTP/1.1\r\nHost: toys\r\n" + headers
              + "Content-Length: " + body.length() + "\r\n\r\n" + body)
          .read();
      assertServes(http); // On the same connection.
      return answer;
    }
  }

  static void assertServes(RawHttp http) throws IOException {
    Answer answer =
        http.send("GET /products/Tux HTTP/1.1\r\nHost: toys\r\n\r\n").read();
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("15.99"), answer.body());
  }

  static void assertAnswer(int status, String message, Answer answer) {
    assertEquals(
        "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}", answer.body());
    assertEquals(status, answer.status());
    assertTrue(answer.head().contains("application/json"), answer.head());
  }
}
