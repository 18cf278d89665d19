package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.frontend.RawHttp.Answer;

/** Pages of origins that the configuration names may use the store; others may not. */
class OtherOriginsTest {
  private static final String SHOP = "https://shop.example";

  @TempDir
  private static Path folder;

  private static FakeStore store;

  @BeforeAll
  static void start() {
    store = new FakeStore(folder, json -> json.put("corsOrigins", new JsonArray().add(SHOP)));
    store.awaitServing();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void aNamedOriginMayReadAnswersAndFailures() throws IOException {
    for (String path : new String[] {"/products/Tux", "/products/Nobody", "/nothing"}) {
      String head = ask("GET " + path, SHOP, "");

      assertTrue(head.contains("\r\naccess-control-allow-origin: " + SHOP + "\r\n"), head);
      assertTrue(head.contains("\r\naccess-control-expose-headers: idempotency-key"), head);
      assertTrue(head.contains("\r\nvary: origin\r\n"), head);
    }
  }

  @Test
  void anotherOriginMayNotAndCachesAreTold() throws IOException {
    for (String origin : new String[] {"https://evil.example", SHOP + ".evil.example", "null"}) {
      String head = ask("GET /products/Tux", origin, "");

      assertTrue(head.startsWith("http/1.1 200 "), head);
      assertTrue(head.contains("\r\nvary: origin\r\n"), head);
      assertTrue(!head.contains("access-control-"), head);
    }
  }

  @Test
  void aBrowserThatAsksBeforeItBuysIsToldHow() throws IOException {
    String question = "Access-Control-Request-Method: POST\r\n"
        + "Access-Control-Request-Headers: content-type,idempotency-key\r\n";

    String allowed = ask("OPTIONS /orders", SHOP, question);
    String refused = ask("OPTIONS /orders", "https://evil.example", question);

    assertTrue(allowed.contains("\r\naccess-control-allow-methods: post, options\r\n"), allowed);
    assertTrue(
        allowed.contains("\r\naccess-control-allow-headers: content-type, idempotency-key,"
            + " x-request-id, traceparent\r\n"),
        allowed);
    assertTrue(!refused.contains("access-control-"), refused);
  }

  private static String ask(String line, String origin, String headers) throws IOException {
    try (RawHttp http = new RawHttp(store.port())) {
      Answer answer = http.send(
              line + " HTTP/1.1\r\nHost: toys\r\nOrigin: " + origin + "\r\n" + headers + "\r\n")
          .read();
      return answer.head().toLowerCase(Locale.ROOT);
    }
  }
}
