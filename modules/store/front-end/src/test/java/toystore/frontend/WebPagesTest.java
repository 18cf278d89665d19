package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a browser gets them. */
class WebPagesTest {
  @TempDir
  private static Path folder;

  private static FakeStore store;
  private static Set<String> paths;

  @BeforeAll
  static void start() {
    store = new FakeStore(folder);
    Vertx vertx = Vertx.vertx();
    paths = new TreeSet<>(WebPages.load(vertx, null).paths());
    vertx.close();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void everyFileComesWithAStrictPolicy() {
    assertTrue(paths.containsAll(Set.of("/", "/index.html", "/shop", "/shop/index.html")));
    for (String path : paths) {
      HttpResponse<String> answer = store.get(path);

      assertEquals(200, answer.statusCode(), path);
      String policy = header(answer, "Content-Security-Policy");
      assertTrue(policy.contains("default-src 'none'"));
      assertTrue(policy.contains("frame-ancestors 'none'"));
      boolean isApi = path.startsWith("/docs/api");
      assertEquals(isApi, policy.contains("style-src 'self' 'unsafe-inline'"), path);
      assertEquals(isApi ? 1 : 0, policy.split("unsafe", -1).length - 1, path);
      assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
      assertEquals("no-referrer", header(answer, "Referrer-Policy"));
      assertEquals(List.of("no-cache"), answer.headers().allValues("Cache-Control"));
      assertEquals(1, answer.headers().allValues("Date").size());
    }
  }

  @Test
  void aPageIsAtItsFolderToo() {
    String page = store.get("/shop/index.html").body();

    for (String path : List.of("/", "/index.html", "/shop", "/shop/", "/?a=b")) {
      assertEquals(page, store.get(path).body(), path);
    }
  }

  @Test
  void filesHaveTheTypesThatBrowsersWant() {
    assertEquals("text/html;charset=UTF-8", header(store.get("/"), "Content-Type"));
    assertTrue(header(store.get("/shop/shop.js"), "Content-Type").contains("javascript"));
    assertTrue(header(store.get("/common/base.css"), "Content-Type").startsWith("text/css"));
    assertEquals("image/svg+xml", header(store.get("/common/icon.svg"), "Content-Type"));
  }

  @Test
  void whatABrowserHasIsNotSentAgain() {
    String tag = header(store.get("/common/base.css"), "ETag");

    HttpResponse<String> same = store.send(
        store.request("/common/base.css").header("If-None-Match", tag).GET());
    HttpResponse<String> other = store.send(
        store.request("/common/base.css").header("If-None-Match", "\"x\"").GET());

    assertEquals(304, same.statusCode());
    assertEquals("", same.body());
    assertEquals(200, other.statusCode());
  }

  @Test
  void aPartOfAFileIsNotToBeHad() {
    for (String range : List.of("bytes=0-9", "bytes=9999999-", "bytes=x")) {
      HttpResponse<String> answer =
          store.send(store.request("/common/base.css").header("Range", range).GET());

      assertEquals(200, answer.statusCode(), range);
    }
  }

  @Test
  void nothingElseIsThere() {
    for (String path : List.of(
        "/common",
        "/webroot/shop/shop.js",
        "/shop/../shop/shop.js",
        "/shop/.",
        "/shop/%2e%2e/shop/shop.js",
        "/META-INF/MANIFEST.MF",
        "/shop/nothing.js")) {
      assertEquals(404, store.get(path).statusCode(), path);
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("none");
  }
}
