package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import toystore.frontend.RawHttp.Answer;

/** Clients that open a connection for each request, as many simple ones do, are served too. */
class SimpleClientsTest extends PublicApiCase {
  private static final String PURCHASE = "{\"name\":\"Tux\",\"quantity\":1}";
  private static final int REQUESTS = 20;

  @Test
  void anHttp10ClientGetsItsAnswerAndTheEnd() throws IOException {
    for (int i = 0; i < REQUESTS; i++) {
      assertQueried(once("GET /products/Tux HTTP/1.0\r\n\r\n"));
      assertBought(once("POST /orders HTTP/1.0\r\nContent-Type: application/json\r\n"
          + "Content-Length: " + PURCHASE.length() + "\r\n\r\n" + PURCHASE));
    }
  }

  @Test
  void whoAsksToCloseGetsItsAnswerAndTheEnd() throws IOException {
    for (int i = 0; i < REQUESTS; i++) {
      assertQueried(
          once("GET /products/Tux HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
      // Head and body apart, as Python's urllib sends them.
      assertBought(once(
          "POST /orders HTTP/1.1\r\nAccept-Encoding: identity\r\n"
              + "Content-Type: application/json\r\nContent-Length: " + PURCHASE.length()
              + "\r\nHost: 127.0.0.1:" + store.port()
              + "\r\nUser-Agent: Python-urllib/3.11\r\nConnection: close\r\n\r\n",
          PURCHASE));
    }
  }

  @Test
  void javasOldestClientIsServedWithAndWithoutKeepAlive() throws IOException {
    for (String connection : new String[] {"keep-alive", "close"}) {
      for (int i = 0; i < REQUESTS; i++) {
        HttpURLConnection buy = open("/orders", connection);
        buy.setDoOutput(true);
        if (i % 2 == 0) { // Otherwise it says that it sends a form.
          buy.setRequestProperty("Content-Type", "application/json");
        }
        buy.getOutputStream().write(PURCHASE.getBytes(StandardCharsets.UTF_8));
        assertBought(read(buy));
        assertQueried(read(open("/products/Tux", connection)));
      }
    }
  }

  private HttpURLConnection open(String path, String connection) throws IOException {
    URI address = URI.create("http://127.0.0.1:" + store.port() + path);
    HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
    call.setRequestProperty("Connection", connection);
    return call;
  }

  private static Answer read(HttpURLConnection call) throws IOException {
    int status = call.getResponseCode();
    byte[] body = call.getInputStream().readAllBytes();
    return new Answer(status, "", new String(body, StandardCharsets.UTF_8));
  }

  private Answer once(String... parts) throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      for (String part : parts) {
        http.send(part);
      }
      Answer answer = http.read();
      assertTrue(http.ends());
      return answer;
    }
  }

  private static void assertQueried(Answer answer) {
    assertEquals(200, answer.status());
    assertTrue(
        answer.body().startsWith("{\"data\":{\"name\":\"Tux\",\"price\":15.99,"), answer.body());
  }

  private static void assertBought(Answer answer) {
    assertEquals(200, answer.status());
    assertTrue(answer.body().matches("\\{\"data\":\\{\"order_number\":\\d+}}"), answer.body());
  }
}
