package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.TemporaryFolder;

/** The scripts, as a person uses them: from another folder, through a link. */
class CommandsIT {
  private static final Path BIN = Path.of("..", "..", "bin").toAbsolutePath().normalize();
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

  @TempDir
  Path folder;

  @AfterEach
  void down() throws Exception {
    toystore("down");
  }

  @Test
  void aStoreLivesFromUpToDown() throws Exception {
    Run up = toystore("up", "--free-ports", "--stock", "500");
    assertEquals(0, up.status, up.output);
    Matcher address = ADDRESS.matcher(up.output);
    assertTrue(address.find(), up.output);
    Shop shop = new Shop(URI.create(address.group()));
    assertEquals(0, shop.buy("Tux", 7).orderNumber());

    assertEquals(0, toystore("up").status);
    JsonNode services =
        new JsonMapper().readTree(toystore("status", "--json").output).get("services");
    assertEquals(5, services.size());
    List<Long> pids = new ArrayList<>();
    for (JsonNode service : services) {
      assertEquals("live", service.get("state").asText(), service.toString());
      pids.add(service.get("pid").asLong());
    }
    Run audit = toystore("audit");
    assertEquals(0, audit.status, audit.output);
    for (String replica : List.of("1", "2", "3")) {
      JsonNode order = new JsonMapper().readTree(toystore("orders", "--replica", replica).output);
      assertEquals("Tux", order.get("name").asText());
      assertEquals(7, order.get("quantity").asInt());
      assertEquals(0, order.get("number").asLong());
    }

    assertEquals(0, toystore("kill", "order-3").status);
    assertEquals(
        7,
        new JsonMapper()
            .readTree(toystore("orders", "--replica", "3").output)
            .get("quantity")
            .asInt());
    assertEquals(2, toystore("audit", "--timeout", "1").status);
    assertEquals(0, toystore("start", "order-3").status);

    assertEquals(0, toystore("down").status);
    for (long pid : pids) {
      // One that has ended but was not yet reaped has no command any more.
      assertTrue(ProcessHandle.of(pid).flatMap(p -> p.info().command()).isEmpty(), "pid " + pid);
    }
  }

  @Test
  void oldDataIsResumed() throws Exception {
    assertEquals(0, toystore("up", "--free-ports").status);
    Matcher first = ADDRESS.matcher(toystore("up").output);
    assertTrue(first.find());
    assertEquals(0, new Shop(URI.create(first.group())).buy("Fox", 1).orderNumber());
    assertEquals(0, toystore("down").status);

    Run again = toystore("up", "--free-ports");

    Matcher address = ADDRESS.matcher(again.output);
    assertTrue(address.find(), again.output);
    Shop shop = new Shop(URI.create(address.group()));
    assertEquals("Fox", shop.order(0).data().get("name").asText());
    assertEquals(1, shop.buy("Fox", 1).orderNumber());
  }

  @Test
  void whatIsNoCommandIsAUsageError() throws Exception {
    assertEquals(2, toystore("upp").status);
    assertEquals(2, toystore("kill", "order-9").status);
    assertEquals(2, toystore("up", "--stock", "many").status);
  }

  @Test
  void aServiceThatCannotStartSaysWhyInOneLine() throws Exception {
    Files.writeString(folder.resolve("broken.json"), "{\"port\": ");
    Files.writeString(folder.resolve("empty.json"), "{}");

    assertRefusal("cannot be read", "toystore.catalog.CatalogVerticle", "missing.json");
    assertRefusal("not a JSON object", "toystore.catalog.CatalogVerticle", "broken.json");
    assertRefusal("empty.json: host: is missing", "toystore.catalog.CatalogVerticle", "empty.json");
    assertRefusal(
        "no such verticle: there are toystore.catalog.CatalogVerticle, ",
        "toystore.Nothing",
        "empty.json");
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    assertEquals(0, toystore("up", "--free-ports").status);
    assertEquals(0, toystore("stop", "catalog").status);
    Path conf = folder.resolve("data/conf/catalog.json");
    int port = new JsonMapper().readTree(conf.toFile()).get("port").asInt();

    try (ServerSocket taken = new ServerSocket(port)) {
      assertRefusal(
          "127.0.0.1:" + taken.getLocalPort(),
          "toystore.catalog.CatalogVerticle",
          "data/conf/catalog.json");
      Run start = toystore("start", "catalog");
      assertEquals(1, start.status, start.output);
      assertTrue(
          start.output.contains("port " + port + " of catalog is answered by process "
              + ProcessHandle.current().pid() + " ("),
          start.output);
    }
  }

  @Test
  void aDataFolderHasOneProcess() throws Exception {
    assertEquals(0, toystore("up", "--free-ports").status);

    assertRefusal("in use", "toystore.order.OrderVerticle", "data/conf/order-1.json");

    assertEquals(0, toystore("stop", "catalog").status);
    whatWasStartedByHandIsSeenAndLeftAlone();
    // Most end by themselves then; one that hangs cannot.
    assertEquals(0, toystore("pause", "order-3").status);
    TemporaryFolder.remove(folder.resolve("data"));
    whatHasLostItsFolderIsFoundAndStopped();
  }

  private void whatWasStartedByHandIsSeenAndLeftAlone() throws Exception {
    Path output = folder.resolve("by-hand.txt");
    Process catalog = new ProcessBuilder(
            BIN.resolve("vertx").toString(),
            "run",
            "toystore.catalog.CatalogVerticle",
            "-conf",
            folder.resolve("data/conf/catalog.json").toString())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    try {
      RunningStore.until("it is ready", () -> {
        try {
          return Files.readString(output).contains("became=READY");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      String it = "process " + catalog.pid() + " (bin/vertx run toystore.catalog.CatalogVerticle";

      Run up = toystore("up");
      assertEquals(1, up.status, up.output);
      assertTrue(up.output.contains("catalog is run by " + it), up.output);
      Run status = toystore("status");
      assertTrue(status.output.contains("live, foreign"), status.output);
      assertTrue(status.output.contains(it), status.output);
      assertEquals(1, toystore("kill", "catalog").status);
      assertTrue(catalog.isAlive());
    } finally {
      catalog.destroy();
      assertEquals(0, catalog.waitFor());
    }
  }

  private void whatHasLostItsFolderIsFoundAndStopped() throws Exception {
    Run status = toystore("status");
    assertTrue(status.output.contains("was deleted while "), status.output);
    assertTrue(toystore("up").output.contains("was deleted while "));

    Run down = toystore("down");

    assertEquals(0, down.status, down.output);
    assertTrue(down.output.contains("The store is down."), down.output);
    // It may also say where stores of other tests run.
    String again = toystore("down").output;
    assertTrue(again.contains("Nothing was up in " + folder), again);
    assertTrue(Files.notExists(folder.resolve("data")));
  }

  private void assertRefusal(String words, String verticle, String file) throws Exception {
    Run run = run(BIN.resolve("vertx").toString(), "run", verticle, "-conf", file);
    assertTrue(run.status != 0, run.output);
    assertTrue(run.output.contains(words), run.output);
    assertEquals(1, run.output.lines().count(), run.output);
  }

  private Run toystore(String... words) throws Exception {
    Path link = folder.resolve("toystore");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, BIN.resolve("toystore"));
    }
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(words));
    return run(command.toArray(String[]::new));
  }

  private Run run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    builder.environment().put("TOYSTORE_BUILD", "never");
    builder.environment().put("TOYSTORE_DATA", folder.resolve("data").toString());
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(String.join(" ", command) + " hangs");
    }
    return new Run(process.exitValue(), Files.readString(output));
  }

  private record Run(int status, String output) {}
}
