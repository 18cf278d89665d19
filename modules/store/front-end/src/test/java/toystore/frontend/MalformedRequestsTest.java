package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import toystore.frontend.RawHttp.Answer;

/** What is not a good request gets its exact answer, and disturbs nobody. */
class MalformedRequestsTest extends RawRequestCase {
  private static final String BAD_JSON = "the body is not valid JSON";
  private static final String BAD_UTF8 = "the body is not valid UTF-8";
  private static final String TOO_DEEP = "the body is nested more than 100 deep";
  private static final String NO_OBJECT = "the body must be a JSON object";
  private static final String BAD_NAME = "name must be a non-empty text";
  private static final String NO_NAME = "name is missing";
  private static final String NO_QUANTITY = "quantity is missing";
  private static final String BAD_QUANTITY = "quantity must be a whole number from 1 to 1000000";
  private static final String TRAILING = "something follows the JSON object";
  private static final String BAD_PATH = "the path is not percent-encoded UTF-8";
  private static final String BAD_NUMBER = "the order number must be a whole number";
  private static final String BAD_KEY =
      "Idempotency-Key must be one token of 1 to 128 visible ASCII characters";
  private static final String NOTHING = "there is nothing at this path";
  private static final String TWO_HOSTS = "there must be one Host";
  private static final String NOT_JSON =
      "the body must be JSON; say so with the header Content-Type: application/json";

  static List<Arguments> bodies() {
    return List.of(
        Arguments.of("", NO_OBJECT),
        Arguments.of("   ", NO_OBJECT),
        Arguments.of("null", NO_OBJECT),
        Arguments.of("7", NO_OBJECT),
        Arguments.of("\"Tux\"", NO_OBJECT),
        Arguments.of("[]", NO_OBJECT),
        Arguments.of("[" + GOOD + "]", NO_OBJECT),
        Arguments.of("{", BAD_JSON),
        Arguments.of("{}", NO_NAME),
        Arguments.of("Tux", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1,}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\" \"quantity\":1}", BAD_JSON),
        Arguments.of("{'name':'Tux','quantity':1}", BAD_JSON),
        Arguments.of("{name:\"Tux\",quantity:1}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1}}", BAD_JSON),
        Arguments.of(GOOD + GOOD, TRAILING),
        Arguments.of(GOOD + " 7", TRAILING),
        Arguments.of(GOOD + " tail", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"name\":\"Tux\",\"quantity\":1}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1,\"quantity\":1}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1,\"x\":{\"a\":1,\"a\":2}}", BAD_JSON),
        Arguments.of("{\"quantity\":1}", NO_NAME),
        Arguments.of("{\"name\":null,\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":\"\",\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":7,\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":true,\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":[\"Tux\"],\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":{\"name\":\"Tux\"},\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":\"Tu\\u0000x\",\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":\"Tux\\ud800\",\"quantity\":1}", BAD_NAME),
        Arguments.of("{\"name\":\"Tu\0x\",\"quantity\":1}", BAD_JSON),
        Arguments.of("{\"name\":\"Tu\nx\",\"quantity\":1}", BAD_JSON),
        Arguments.of("{\"name\":\"Tu\\x\",\"quantity\":1}", BAD_JSON),
        Arguments.of("{\"Name\":\"Tux\",\"quantity\":1}", NO_NAME),
        Arguments.of("{\"name\":\"Tux\"}", NO_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":null}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":\"7\"}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":true}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":[1]}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":0}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":-0}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":-1}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1000001}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":3.9}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1e400}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1.50}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":4294967297}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":18446744073709551617}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":" + "9".repeat(2_000) + "}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":01}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":+1}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":0x1}", BAD_QUANTITY),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":NaN}", BAD_JSON),
        Arguments.of("{\"name\":\"Tux\",\"quantity\":1,\"x\":" + "[".repeat(8_000), TOO_DEEP),
        Arguments.of("{\"x\":" + "{\"x\":".repeat(2_000) + "1" + "}".repeat(2_001), TOO_DEEP),
        Arguments.of("// hello\n" + GOOD, BAD_JSON),
        Arguments.of("\u00ef\u00bb\u00bf" + GOOD, BAD_JSON),
        Arguments.of("{\"name\":\"T\u00fcx\",\"quantity\":1}", BAD_UTF8),
        Arguments.of("{\"name\":\"\u00c0\u0080\",\"quantity\":1}", BAD_UTF8),
        Arguments.of("{\"name\":\"\u00ed\u00a0\u0080\",\"quantity\":1}", BAD_UTF8),
        Arguments.of(
            new String(GOOD.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1),
            BAD_UTF8),
        Arguments.of(
            new String(GOOD.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1),
            BAD_JSON));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBodyThatIsNoPurchaseIsA400(String body, String message) throws IOException {
    assertAnswer(400, message, post("", body));
  }

  static List<Arguments> requests() {
    return List.of(
        Arguments.of("GET /nothing HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /products/Tux/price HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /products//Tux HTTP/1.1", 404, NOTHING),
        Arguments.of("GET //products/Tux HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /Products/Tux HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /productsTux HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /../etc/passwd HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /webroot/app.js HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /health HTTP/1.1", 404, NOTHING),
        Arguments.of("POST /invalidate HTTP/1.1", 404, NOTHING),
        Arguments.of("GET /products/Tux%20 HTTP/1.1", 404, "no toy has this name"),
        Arguments.of("GET /products/% HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/%4 HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/%zz HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/%+1 HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/T%FCx HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/%C0%80 HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/%ED%A0%80 HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /products/Tux%00 HTTP/1.1", 400, BAD_PATH),
        Arguments.of("GET /orders/first HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/-1 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/+1 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/1.0 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/1e3 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/0x10 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/1%20 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/%D9%A1 HTTP/1.1", 400, BAD_NUMBER),
        Arguments.of("GET /orders/%zz HTTP/1.1", 400, BAD_PATH),
        Arguments.of(
            "DELETE /products/Tux HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"),
        Arguments.of("POST /products/Tux HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"),
        Arguments.of("PUT /products HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"),
        Arguments.of("PATCH /orders/0 HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"),
        Arguments.of("GET /orders HTTP/1.1", 405, "this path takes POST, OPTIONS only"),
        Arguments.of("BREW /orders HTTP/1.1", 405, "this path takes POST, OPTIONS only"),
        Arguments.of("POST / HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"),
        Arguments.of("DELETE /status HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"),
        Arguments.of(
            "POST /shop/shop.js HTTP/1.1", 405, "this path takes GET, HEAD, OPTIONS only"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestForWhatIsNotThere(String line, int status, String message) throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      Answer answer = http.send(line + "\r\nHost: toys\r\n\r\n").read();

      assertAnswer(status, message, answer);
      if (status == 405) {
        String allowed = message.replace("this path takes ", "").replace(" only", "");
        assertTrue(
            answer
                .head()
                .toLowerCase(Locale.ROOT)
                .contains("\r\nallow: " + allowed.toLowerCase(Locale.ROOT) + "\r\n"),
            answer.head());
      }
      assertServes(http);
    }
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("Content-Type: text/plain\r\n", 415, NOT_JSON),
        Arguments.of("Content-Type: application/jsonp\r\n", 415, NOT_JSON),
        Arguments.of("Content-Type: text/html; a=application/json\r\n", 415, NOT_JSON),
        Arguments.of(
            "Content-Type: application/json\r\nContent-Type: text/plain\r\n", 415, NOT_JSON),
        Arguments.of(
            "Content-Type: application/json\r\ncontent-type: application/json\r\n", 415, NOT_JSON),
        Arguments.of("Host: other-toys\r\n", 400, TWO_HOSTS), // post() sends one too.
        Arguments.of("Idempotency-Key:\r\n", 400, BAD_KEY),
        Arguments.of("Idempotency-Key: two words\r\n", 400, BAD_KEY),
        Arguments.of("Idempotency-Key: caf\u00e9\r\n", 400, BAD_KEY),
        Arguments.of("Idempotency-Key: " + "k".repeat(129) + "\r\n", 400, BAD_KEY),
        Arguments.of("Idempotency-Key: a\r\nIdempotency-Key: a\r\n", 400, BAD_KEY),
        Arguments.of("Idempotency-Key: a\r\nidempotency-key: b\r\n", 400, BAD_KEY));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderThatDoesNotDo(String header, int status, String message) throws IOException {
    assertAnswer(status, message, post(header, GOOD));
  }

  @Test
  void anAbsoluteTargetIsUnderstood() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("GET http://toys:8080/products/Tux?x HTTP/1.1\r\nHost: toys\r\n\r\n");

      assertTrue(http.read().body().contains("15.99"));
    }
  }

  static List<String> brokenRequests() {
    return List.of(
        "\u00ff\u00fe\u00fd \r\n\r\n",
        "GET\r\n\r\n",
        "hello there everybody here\r\n\r\n",
        "GET /products/Tux HTTP/9.9.9\r\n\r\n",
        "GET /products/Tux HTTP/1.1\r\nno colon here\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: t\r\nContent-Length: many\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: t\r\nContent-Length: -1\r\n\r\n",
        "POST /orders HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("brokenRequests")
  void brokenHttpGetsA400AndTheEnd(String request) throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      assertAnswer(400, "the request is not HTTP/1.1", http.send(request).read());
      assertTrue(http.ends());
    }
    try (RawHttp http = new RawHttp(store.port())) {
      assertServes(http);
    }
  }

  @Test
  void headsThatAreTooLongAreRefused() throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n");
      assertAnswer(414, "the request line is too long", http.read());
    }
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
      assertAnswer(431, "the headers are too long", http.read());
    }
  }

  @Test
  void aNameLongerThanAnyIsNoToys() throws IOException {
    String name = "x".repeat(10_000);

    assertAnswer(404, "no toy has this name", post("", GOOD.replace("Tux", name)));
    try (RawHttp http = new RawHttp(store.port())) {
      http.send("GET /products/" + name + " HTTP/1.1\r\nHost: toys\r\n\r\n");
      assertAnswer(414, "the request line is too long", http.read());
      assertTrue(http.ends());
    }
    try (RawHttp http = new RawHttp(store.port())) {
      assertServes(http);
    }
  }
}
