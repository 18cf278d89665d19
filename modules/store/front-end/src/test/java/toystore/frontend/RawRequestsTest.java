package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.frontend.RawHttp.Answer;

/** Each line of {@code raw-requests.txt} over real HTTP. */
class RawRequestsTest extends PublicApiCase {
  private static final int SMUGGLED = 777;
  private static final String FOLLOWER = "POST /orders HTTP/1.1\r\nHost: toys\r\n"
      + "Content-Length: 29\r\n\r\n{\"name\":\"Tux\",\"quantity\":" + SMUGGLED + "}";
  private static final String PROBE = "GET /products/Tux HTTP/1.1\r\nHost: toys\r\n\r\n";
  private static final Pattern DATE = Pattern.compile(
      "(?s).*\r\ndate: (Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d [a-z]{3} \\d{4} \\d\\d:\\d\\d:\\d\\d gmt\r\n.*",
      Pattern.CASE_INSENSITIVE);

  private long smuggledBefore;

  @BeforeEach
  void countSmuggled() {
    smuggledBefore = smuggled();
  }

  @AfterEach
  void nothingWasSmuggled() {
    assertEquals(smuggledBefore, smuggled());
  }

  private long smuggled() {
    return store.replicas.orders().stream()
        .filter(order -> order.quantity() == SMUGGLED)
        .count();
  }

  static List<RawRequest> table() {
    return RawRequest.table();
  }

  @ParameterizedTest
  @MethodSource("table")
  void isAnsweredAsTheTableSays(RawRequest request) throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      send(http, request);

      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < request.statuses().size(); i++) {
        Answer answer = request.isHead() ? http.readHead() : http.read();
        statuses.add(answer.status());
        assertWellFormed(request, answer);
      }

      assertEquals(request.statuses(), statuses);
      if (request.ends()) {
        assertEquals("", http.rest());
      } else {
        assertEquals(200, http.send(PROBE).read().status());
      }
    }
  }

  private static void send(RawHttp http, RawRequest request) {
    try {
      http.send(request.bytes());
      if (request.ends()) {
        http.send(FOLLOWER);
      }
    } catch (IOException e) {
      // The server need not read all that it has refused already.
    }
  }

  private static void assertWellFormed(RawRequest request, Answer answer) {
    String head = answer.head().toLowerCase(Locale.ROOT);
    assertTrue(head.startsWith("http/1.1 ") || head.startsWith("http/1.0 "), head);
    if (answer.status() == 100) {
      return;
    }
    assertTrue(DATE.matcher(head).matches(), head);
    assertEquals(
        answer.status() == 204 || answer.status() == 405, head.contains("\r\nallow: "), head);
    if (answer.status() != 204) {
      assertTrue(head.contains("\r\ncontent-length: "), head);
      assertTrue(head.contains("\r\ncontent-type: application/json\r\n") || isPage(head), head);
      assertTrue(head.contains("\r\nx-content-type-options: nosniff\r\n"), head);
    }
    if (answer.status() >= 400 && !request.isHead()) {
      assertTrue(
          answer.body().startsWith("{\"error\":{\"code\":" + answer.status() + ",\"message\""));
    }
  }

  private static boolean isPage(String head) {
    return head.contains("\r\ncontent-type: text/html");
  }

  @Test
  void theSyntaxIsTheSameHoweverTheBytesAreCut() {
    for (RawRequest request : table()) {
      String both = new String(request.bytes(), StandardCharsets.ISO_8859_1) + FOLLOWER;
      byte[] bytes = both.getBytes(StandardCharsets.ISO_8859_1);
      byte[] bytewise = bytes.clone();
      RequestSyntax whole = new RequestSyntax();
      RequestSyntax cut = new RequestSyntax();

      whole.scan(bytes, 0, bytes.length);
      for (int i = 0; i < bytewise.length && cut.fault() == null; i++) {
        cut.scan(bytewise, i, i + 1);
      }

      assertEquals(whole.fault(), cut.fault(), request.line());
      assertEquals(whole.inBody(), cut.inBody(), request.line());
      if (whole.fault() == null) {
        assertEquals(
            new String(bytes, StandardCharsets.ISO_8859_1),
            new String(bytewise, StandardCharsets.ISO_8859_1));
      }
    }
  }
}
