package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.FreePorts;
import toystore.operations.TimeLimit;

/** Each line of docs/deployment.md that runs a service by hand, as it stands there. */
class ByHandIT {
  private static final Path CHECKOUT = PatchedBuild.findCheckout();
  private static final Duration UNTIL_SERVING = Duration.ofSeconds(120);

  @TempDir
  Path folder;

  private final FreePorts freePorts = new FreePorts();
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    started.forEach(Process::destroy);
    for (Process process : started) {
      process.waitFor();
    }
  }

  @Test
  void theLinesOfTheDocumentRunAStore() throws Exception {
    runsAStore(lines("OrderVerticle -conf conf/order-"));
  }

  @Tag("drills")
  @Test
  void theLinesForRaftDoToo() throws Exception {
    runsAStore(lines("RaftOrderVerticle -conf conf/raft-order-"));
  }

  private void runsAStore(List<String> lines) throws Exception {
    assertEquals(6, lines.size(), lines.toString());
    int port = configure();
    for (String line : lines) {
      if (line.startsWith("(")) {
        assertEquals(0, run(line).waitFor(), line);
      } else {
        started.add(run(line));
      }
    }
    Shop shop = new Shop(URI.create("http://127.0.0.1:" + port));
    assertTrue(TimeLimit.await(UNTIL_SERVING, () -> sells(shop)), this::log);
    assertTrue(started.stream().allMatch(Process::isAlive), this::log);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean sells(Shop shop) {
    try {
      return shop.buy("Tux", 2).response().statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  /** Those of all services, with these replicas, in the order of the document. */
  private static List<String> lines(String replicas) throws IOException {
    return Files.readAllLines(CHECKOUT.resolve("docs/deployment.md")).stream()
        .filter(line -> line.startsWith("(umask 077; mkdir -p data")
            || line.startsWith("bin/vertx run ")
                && (line.contains("." + replicas)
                    || line.contains("Catalog")
                    || line.contains("FrontEnd")))
        .toList();
  }

  /** As it stands there, but for the program's place; in a folder that is like a checkout. */
  private Process run(String line) throws IOException {
    return new ProcessBuilder(
            "sh", "-c", line.replaceFirst("^bin/vertx", "exec '" + CHECKOUT + "/bin/vertx'"))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  /** The shipped files with free ports, and paths into this folder; returns the public port. */
  private int configure() throws IOException {
    Map<Integer, Integer> ports = new HashMap<>();
    Files.createDirectories(folder.resolve("conf"));
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("conf"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        String text = Files.readString(file);
        if (text.startsWith("{")) {
          text = moved(new JsonObject(text), ports).encode();
        }
        Files.writeString(folder.resolve("conf").resolve(file.getFileName()), text);
      }
    }
    return ports.get(8080);
  }

  private JsonObject moved(JsonObject json, Map<Integer, Integer> ports) {
    JsonObject moved = new JsonObject();
    json.forEach(
        field -> moved.put(field.getKey(), moved(field.getKey(), field.getValue(), ports)));
    return moved;
  }

  private Object moved(String key, Object value, Map<Integer, Integer> ports) {
    if (value instanceof JsonArray array) {
      return new JsonArray(array.stream().map(each -> moved("", each, ports)).toList());
    }
    if (value instanceof JsonObject object) {
      return moved(object, ports);
    }
    if (value instanceof Integer port && key.toLowerCase(Locale.ROOT).endsWith("port")) {
      return free(port, ports);
    }
    if (value instanceof String text && text.startsWith("127.0.0.1:")) {
      return "127.0.0.1:" + free(Integer.parseInt(text.substring(text.indexOf(':') + 1)), ports);
    }
    if (value instanceof String text && (text.startsWith("data/") || text.startsWith("conf/"))) {
      return folder.resolve(text).toString();
    }
    return value;
  }

  private int free(int port, Map<Integer, Integer> ports) {
    return ports.computeIfAbsent(port, any -> freePorts.getAsInt());
  }
}
