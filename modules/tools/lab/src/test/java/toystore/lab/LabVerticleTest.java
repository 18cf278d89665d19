package toystore.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.LabPlan;
import toystore.operations.LocalStore;

/** The lab of a store all of whose services are down: who is let in, and what is refused. */
class LabVerticleTest {
  private static final String KILL = "/lab/calls/services/order-3/kill";
  private static final Pattern TOKEN = Pattern.compile("lab-token\" content=\"([0-9a-f]{64})\"");

  @TempDir
  private Path home;

  private final Vertx vertx = Vertx.vertx();
  private int port;
  private String deployment;

  @BeforeEach
  void start() throws IOException {
    for (String service : List.of("catalog", "order-1", "order-2", "order-3")) {
      write("data/conf/" + service + ".json", "{}");
    }
    write("data/conf/front-end.json", "{\"host\":\"127.0.0.1\",\"port\":8080}");
    write("docs/design.md", "# The rules");
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    deploy();
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void deploy() {
    LocalStore store = LocalStore.in(home.resolve("data"));
    LabVerticle lab = new LabVerticle(store, new LabPlan(port, List.of()), home.resolve("docs"));
    deployment = vertx.deployVerticle(lab).await();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void thePageIsTheConsoleWithATokenUnderAStrictPolicy() throws IOException {
    String page = get("/console", host());

    assertEquals(200, status(page));
    assertTrue(page.contains("id=\"picture\""), page);
    assertTrue(TOKEN.matcher(page).find(), page);
    assertTrue(page.contains("<meta name=\"store\" content=\"http://127.0.0.1:8080\">"), page);
    assertTrue(page.contains("default-src 'none'"), page);
    assertTrue(page.contains("connect-src 'self' http://127.0.0.1:8080;"), page);
    assertTrue(page.contains("frame-ancestors 'none'"), page);
    assertFalse(page.contains("unsafe"), page);
    assertTrue(page.toLowerCase(Locale.ROOT).contains("cache-control: no-store"), page);
    assertFalse(page.toLowerCase(Locale.ROOT).contains("access-control-"), page);
  }

  @Test
  void whatThePageNeedsIsThereAndNothingElse() throws IOException {
    for (String path : List.of(
        "/lab/lab.js",
        "/lab/lab.css",
        "/console/console.js",
        "/common/dom.js",
        "/docs/design.md")) {
      assertEquals(200, status(get(path, host())), path);
    }
    for (String path : List.of(
        "/shop/index.html", "/docs/other.md", "/lab/../conf/lab.json", "/lab/%2e%2e/x", "/x")) {
      String answer = get(path, host());
      assertEquals(404, status(answer), path);
      assertTrue(answer.contains("{\"error\":{\"code\":404,"), answer);
    }
  }

  @Test
  void thePageOfThisLabMayAct() throws IOException {
    String own = "http://127.0.0.1:" + port;

    assertEquals(409, status(post(KILL, host(), token(), own)), "it is down already");
    assertEquals(409, status(post(KILL, "localhost:" + port, token(), "http://localhost:" + port)));
    assertTrue(post(KILL, host(), token(), own).contains("order-3 is down already"));
    assertTrue(post("/lab/calls/services/order-1/cut", host(), token(), own)
        .contains("order-1 is cut off"));
    assertEquals(409, status(post("/lab/calls/services/order-1/cut", host(), token(), own)));
    assertTrue(
        services(token()).contains("\"service\":\"order-1\",\"state\":\"down\",\"cut\":true"));
    assertEquals(200, status(post("/lab/calls/services/order-1/heal", host(), token(), own)));
    assertEquals(404, status(post("/lab/calls/services/nobody/kill", host(), token(), own)));
    assertEquals(404, status(post("/lab/calls/services/order-1/eat", host(), token(), own)));
  }

  @Test
  void whoHasNoTokenIsRefused() throws IOException {
    String own = "http://127.0.0.1:" + port;

    for (String token : List.of("", "0".repeat(64), token() + "0")) {
      String answer = post(KILL, host(), token, own);
      assertEquals(403, status(answer), token);
      assertTrue(answer.contains("the token of the lab's page"), answer);
      assertEquals(403, status(post("/lab/calls/audit", host(), token, own)));
      assertEquals(403, status(services(token)));
    }
  }

  @Test
  void aPageOfAnotherOriginIsRefusedWhateverItKnows() throws IOException {
    for (String origin : List.of(
        "http://evil.example",
        "http://127.0.0.1:8080",
        "https://127.0.0.1:" + port,
        "http://127.0.0.1:" + port + ".evil.example",
        "null")) {
      String answer = post(KILL, host(), token(), origin);
      assertEquals(403, status(answer), origin);
      assertTrue(answer.contains("only the lab's own page may do this"), answer);
    }
    String asked = send("OPTIONS " + KILL + " HTTP/1.1\r\nHost: " + host()
        + "\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST"
        + "\r\nAccess-Control-Request-Headers: toystore-lab-token");
    assertFalse(asked.toLowerCase(Locale.ROOT).contains("access-control-allow"), asked);
  }

  @Test
  void aNameThatWasMadeToMeanThisMachineGetsNothing() throws IOException {
    for (String name : List.of(
        "evil.example:" + port,
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:" + (port - 1),
        "localhost.evil.example:" + port)) {
      assertEquals(403, status(get("/console", name)), name);
      assertFalse(TOKEN.matcher(get("/console", name)).find(), name);
      assertEquals(403, status(post(KILL, name, token(), "http://" + name)), name);
    }
    assertEquals(400, status(send("GET /console HTTP/1.1")), "no Host at all");
  }

  @Test
  void aTokenIsOfNoUseToTheNextLab() throws IOException {
    String before = token();

    vertx.undeploy(deployment).await();
    deploy();

    assertNotEquals(before, token());
    String answer = post(KILL, host(), before, "http://127.0.0.1:" + port);
    assertEquals(403, status(answer));
    assertTrue(answer.contains("must be loaded anew"), answer);
  }

  private String host() {
    return "127.0.0.1:" + port;
  }

  private String token() throws IOException {
    Matcher found = TOKEN.matcher(get("/console", host()));
    assertTrue(found.find());
    return found.group(1);
  }

  private String services(String token) throws IOException {
    return send("GET /lab/calls/services HTTP/1.1\r\nHost: " + host() + "\r\n" + LabGate.TOKEN
        + ": " + token);
  }

  private String get(String path, String host) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: " + host);
  }

  private String post(String path, String host, String token, String origin) throws IOException {
    return send("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
        + "\r\nContent-Length: 0" + (token.isEmpty() ? "" : "\r\n" + LabGate.TOKEN + ": " + token));
  }

  /** As it is: no client of HTTP lets one say who one is not. */
  private String send(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.split(" ")[1]);
  }
}
