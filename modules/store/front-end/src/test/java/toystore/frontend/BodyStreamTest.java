package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies in pieces, late, too large or broken off, and the connections that they come on. */
class BodyStreamTest extends RawRequestCase {
  private static final String TOO_LARGE = "the body is over 16384 bytes";
  private static final String BROKEN_BODY = "the body is broken off, or is not HTTP";

  @Test
  void aBodyAtTheLimitIsReadAndOneByteMoreIsNot() throws IOException {
    String padding = " ".repeat((16 << 10) - GOOD.length());

    assertEquals(200, post("", GOOD + padding).status());
    assertAnswer(413, TOO_LARGE, post("", GOOD + padding + " "));
  }

  @Test
  void anAnnouncedBodyThatIsTooLargeIsRefusedBeforeItIsSent() throws IOException {
    for (String length : List.of("16385", "9223372036854775807")) {
      try (RawHttp http = new RawHttp(store.port())) {
        http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: " + length
            + "\r\nExpect: 100-continue\r\n\r\n");
        assertAnswer(413, TOO_LARGE, http.read());
      }
    }
  }

  @Test
  void aChunkedBodyThatIsTooLargeIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 20; i++) {
        http.send("400\r\n" + " ".repeat(1 << 10) + "\r\n");
      }
      assertAnswer(413, TOO_LARGE, http.read());

      http.send("0\r\n\r\n");
      assertServes(http);
    }
  }

  @Test
  void aChunkedBodyInPiecesIsRead() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < GOOD.length(); i++) {
        http.send("1\r\n" + GOOD.charAt(i) + "\r\n");
      }

      assertEquals(200, http.send("0\r\n\r\n").read().status());
    }
  }

  @Test
  void expectationsAreMet() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nExpect: 100-continue\r\nContent-Length: "
          + GOOD.length() + "\r\n\r\n");
      assertEquals(100, http.read().status());

      assertEquals(200, http.send(GOOD).read().status());
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    List<String> wanted = new ArrayList<>();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests
          .append("GET /products/Nobody")
          .append(i)
          .append(" HTTP/1.1\r\nHost: toys\r\n\r\n")
          .append("GET /products/Tux HTTP/1.1\r\nHost: toys\r\n\r\n")
          .append("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: ")
          .append(GOOD.length())
          .append("\r\n\r\n")
          .append(GOOD);
      wanted.addAll(List.of("no toy", "15.99", "order_number"));
    }
    try (RawHttp http = new RawHttp(store.port())) {
      http.send(requests.toString());
      for (String part : wanted) {
        String body = http.read().body();
        assertTrue(body.contains(part), () -> part + " is not in " + body);
      }
    }
  }

  @Test
  void aChunkThatIsNoneIsRefusedAndEndsTheConnection() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("POST /orders HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");

      assertAnswer(400, BROKEN_BODY, http.read());
      assertTrue(http.ends());
    }
    try (RawHttp http = new RawHttp(store.port())) {
      assertServes(http);
    }
  }

  @Test
  void aHalfClosedConnectionGetsEveryAnswerItAskedFor() throws IOException {
    String purchase =
        "POST /orders HTTP/1.1\r\nHost: t\r\nContent-Length: " + GOOD.length() + "\r\n\r\n" + GOOD;
    String listing = "GET /products HTTP/1.1\r\nHost: t\r\n\r\n";
    try (RawHttp http = new RawHttp(store.port())) {
      http.send((purchase + listing).repeat(10)).closeOutput();

      for (int i = 0; i < 10; i++) {
        assertTrue(http.read().body().contains("order_number"));
        assertTrue(http.read().body().contains("15.99"));
      }
      assertTrue(http.ends());
    }
  }

  @Test
  void aHalfClosedConnectionWithHalfABodyIsRefusedAndEnds() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: 100\r\n\r\n{");
      http.closeOutput();

      assertAnswer(400, BROKEN_BODY, http.read());
      assertTrue(http.ends());
    }
  }

  @Test
  void aHalfClosedConnectionWithoutAQuestionEnds() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      assertServes(http);

      assertTrue(http.closeOutput().ends());
    }
  }

  @Test
  void aSlowBodyThatWasRefusedAlreadyEndsTheConnectionToo() throws IOException {
    try (FakeStore store = impatient();
        RawHttp http = new RawHttp(store.port())) {
      http.send("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: 99999\r\n\r\n{");

      assertAnswer(413, TOO_LARGE, http.read());
      assertTrue(http.ends());
    }
  }

  @Test
  void aSlowBodyEndsInBoundedTimeAndDisturbsNobody() throws IOException {
    try (FakeStore store = impatient();
        RawHttp slow = new RawHttp(store.port());
        RawHttp quick = new RawHttp(store.port())) {
      slow.send("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: 100\r\n\r\n{");
      assertServes(quick);

      assertAnswer(408, "the body took too long", slow.read());
      assertTrue(slow.ends());
      assertServes(quick);
    }
  }

  @Test
  void aConnectionOnWhichABodyCameInTimeStaysOpen() throws IOException {
    String purchase =
        "POST /orders HTTP/1.1\r\nHost: t\r\nContent-Length: " + GOOD.length() + "\r\n\r\n" + GOOD;
    try (FakeStore store = impatient();
        RawHttp buyer = new RawHttp(store.port());
        RawHttp slow = new RawHttp(store.port())) {
      assertTrue(buyer.send(purchase).read().body().contains("order_number"));

      slow.send("POST /orders HTTP/1.1\r\nHost: toys\r\nContent-Length: 100\r\n\r\n{");
      assertAnswer(408, "the body took too long", slow.read());

      assertServes(buyer);
    }
  }

  /** A store that does not wait ten seconds for a body. */
  private FakeStore impatient() {
    FakeStore impatient = new FakeStore(folder, json -> json.put("receiveTimeoutMs", 500));
    impatient.awaitServing();
    return impatient;
  }
}
