package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole stores on machines that are set up in other ways, several of them at once to save starts.
 */
class SurroundingsIT {
  private static final JsonMapper JSON = new JsonMapper();
  /** Toys that may be offered, of each kind that somebody on the way could mistake. */
  private static final List<String> TOYS = List.of(
      "Tux",
      "a/b",
      "100%",
      "%41",
      "a+b c",
      "a?b#c&d=e;f",
      "\"quoted\" 'twice'",
      "back\\slash",
      "...",
      "<b>{}",
      "\u0130\u0131iI",
      "\u06f1\u06f2",
      "e\u0301",
      "\u05e9\u05dc\u05d5\u05dd",
      "\ud83e\uddf8");

  @TempDir
  Path folder;

  private Surroundings surroundings;
  private final List<String> data = new ArrayList<>();

  @AfterEach
  void down() throws Exception {
    if (surroundings != null) {
      toystore("down");
    }
  }

  /** Under fa_IR a number is written with other digits than it is read with. */
  @Test
  void aLogThatDigitsOfAnotherCountryWroteIsReadAgain() throws Exception {
    String persian = "-Duser.language=fa -Duser.country=IR";
    surroundings = Surroundings.here(
        folder,
        Map.of(
            "JDK_JAVA_OPTIONS",
            persian,
            "TOYSTORE_JAVA_OPTS",
            "-XX:+UseG1GC -XX:TieredStopAtLevel=1"));
    data.addAll(List.of("--data", folder.resolve("data").toString()));
    toystore("up", "--free-ports", "--engine", "raft").results();
    Shop shop = shop();
    assertEquals(0, shop.buy("Tux", 2).orderNumber());

    toystore("kill", "order-1").results();
    toystore("start", "order-1").results();

    assertEquals(1, shop.buy("Tux", 3).orderNumber());
    assertEquals("Tux", shop.order(0).data().get("name").asText());
    assertBooksBalance(List.of("Tux", "Tux"), "1");
    List<JsonNode> log = lines(toystore("log", "--replica", "1").results());
    assertEquals(2, log.stream().filter(entry -> entry.has("name")).count());
    assertLoad("--url", address().toString());
  }

  /** Under tr_TR the small form of I has no dot; under LANG=C the JVM knows no umlaut. */
  @Test
  void aStoreOfAnUnprivilegedUserOnIpv6InAFolderOfAnyName(TestReporter reporter) throws Exception {
    runOnStrangeMachine(Optional.empty(), reporter);
  }

  @Test
  @Tag("drills")
  void theSameOnAnotherJdk(TestReporter reporter) throws Exception {
    runOnStrangeMachine(Optional.of(otherJdk()), reporter);
  }

  @Test
  void anotherJdkPrintsTheResultAndNothingElse() throws Exception {
    Surroundings.Run run =
        Surroundings.here(folder, Map.of("JAVA_HOME", otherJdk().toString())).toystore("--version");

    assertEquals("", run.errors());
    assertTrue(run.results().matches("toystore [0-9.]+\n"), run.output());
  }

  /** The network library logs on a machine without a network card, in the middle of any command. */
  @Test
  void logLinesAreNoResults() throws Exception {
    Surroundings.Run run = Surroundings.here(folder, Map.of())
        .run("bin/vertx", "run", "toystore.catalog.CatalogVerticle", "-conf", "missing.json");

    assertEquals("", run.output());
    assertTrue(run.errors().contains("missing.json: cannot be read"), run.errors());
  }

  private static Path otherJdk() throws IOException {
    Optional<Path> other = Surroundings.otherJdk();
    assumeTrue(other.isPresent(), "no other JDK: name one in OTHER_JAVA_HOME");
    return other.orElseThrow();
  }

  private void runOnStrangeMachine(Optional<Path> jdk, TestReporter reporter) throws Exception {
    assumeTrue(
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
        "this JVM itself cannot name such a folder: its locale is not UTF-8");
    boolean ipv6 = hasIpv6();
    if (!ipv6) {
      reporter.publishEntry("no IPv6 loopback here: 127.0.0.1 takes its place");
    }
    Map<String, String> environment = new HashMap<>(Map.of(
        "LANG",
        "C",
        "TOYSTORE_JAVA_OPTS",
        "-Xmx200m -XX:TieredStopAtLevel=1 -Duser.language=tr -Duser.country=TR",
        // By the environment alone, so that commands get it too.
        "JDK_JAVA_OPTIONS",
        "-Duser.language=tr -Duser.country=TR"));
    jdk.ifPresent(home -> environment.put("JAVA_HOME", home.toString()));
    surroundings =
        Surroundings.copiedTo(folder.resolve("Mein L\u00e4den 1:2"), folder, environment);
    configure(ipv6);

    toystore("up", "--free-ports").results();

    URI address = address();
    assertEquals(ipv6 ? "[::1]" : "127.0.0.1", address.getHost());
    Shop shop = shop();
    List<String> bought = new ArrayList<>();
    for (String toy : TOYS) {
      assertEquals(bought.size(), shop.buy(toy, 1).orderNumber(), toy);
      assertEquals(99, shop.stock(toy), toy);
      assertEquals(toy, shop.order(bought.size()).data().get("name").asText());
      bought.add(toy);
    }
    assertBooksBalance(bought, "2");
    String host = address.getHost().replaceAll("[\\[\\]]", "");
    assertLoad("--host", host, "--port", String.valueOf(address.getPort()));
  }

  private void configure(boolean ipv6) throws IOException {
    try (Stream<Path> files = Files.list(surroundings.checkout().resolve("conf"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        if (ipv6) {
          text = text.replace("\"127.0.0.1\"", "\"::1\"").replace("127.0.0.1:", "[::1]:");
        }
        Files.writeString(file, text);
      }
    }
    List<Map<String, Object>> toys = TOYS.stream()
        .map(toy -> Map.<String, Object>of("name", toy, "price", 1.5))
        .toList();
    JSON.writeValue(surroundings.checkout().resolve("conf/toys.json").toFile(), toys);
  }

  private static boolean hasIpv6() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName("::1"), 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void assertBooksBalance(List<String> toys, String replica) throws Exception {
    JsonNode services = JSON.readTree(toystore("status", "--json").results()).get("services");
    for (JsonNode service : services) {
      assertEquals("live", service.get("state").asText(), service.toString());
    }
    toystore("audit").results();
    List<JsonNode> orders = lines(toystore("orders", "--replica", replica).results());
    assertEquals(toys, orders.stream().map(order -> order.get("name").asText()).toList());
  }

  /** Its whole standard output is one JSON document. */
  private void assertLoad(String... store) throws Exception {
    List<String> words = new ArrayList<>(List.of("client", "-c", "2", "-n", "5", "--json"));
    words.addAll(List.of(store));
    String json = surroundings.toystore(words.toArray(String[]::new)).results();
    assertEquals("good", JSON.readTree(json).get("verdict").asText());
  }

  private static List<JsonNode> lines(String output) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : output.lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private Surroundings.Run toystore(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(data);
    return surroundings.toystore(all.toArray(String[]::new));
  }

  private Shop shop() throws Exception {
    return new Shop(address());
  }

  private URI address() throws Exception {
    return toystore("up")
        .results()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("http"))
        .map(URI::create)
        .findFirst()
        .orElseThrow();
  }
}
