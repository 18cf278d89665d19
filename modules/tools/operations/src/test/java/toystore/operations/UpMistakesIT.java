package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import toystore.operations.ServiceStatus.ServiceState;

/** The table of mistakes, when a store or a service is being started. */
class UpMistakesIT extends MistakesCase {
  private static final int SIGINT = 2;

  @Test
  void aPortIsTaken() throws Exception {
    run(0, "up", "--free-ports");
    run(0, "stop", "catalog");
    Process other = byHand("catalog", confIn(home.resolve("second"), "catalog"));
    try {
      String port = store.internalAddress("catalog").split(":")[1];
      awaitListener(Integer.parseInt(port));
      String taken = "port " + port + " of catalog is answered by process " + other.pid() + " (";

      check(
          row("start catalog", 1, taken),
          row("up", 1, taken),
          row("status", 0, taken),
          row("down", 0, "The store is down."),
          row("up --conf HOME/data/conf", 1, taken),
          row("down", 0, "Nothing was up in HOME/data."));
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServiceIsNeverUp() throws Exception {
    mute(checkout.conf().resolve("order-2.json"), true);
    String left = "catalog, order-1, order-2, order-3, front-end: started, and left running";

    check(
        row("up --free-ports --timeout 2", 1, left),
        row("status", 0, "order-2 starting"),
        row("stop order-2", 0, "order-2 is down"),
        row("start order-2 --timeout 1", 1, "order-2 did not answer within 1 s:"));
    anotherAnswersInItsPlace();
    check(
        row("stop order-2", 0, "order-2 is down"),
        row("start order-2 --timeout 1 --stop-late", 1, "stopped again: order-2"),
        row("status", 0, "order-2 down"));
    mute(data().resolve("conf/order-2.json"), false);
    check(row("up", 0, "The store is up:"), row("status", 0, "order-2 live"));
  }

  private void anotherAnswersInItsPlace() throws Exception {
    Path own = Files.createDirectories(home.resolve("own")).resolve("order-2.json");
    Files.copy(data().resolve("conf/order-2.json"), own);
    Json.write(own, Json.read(own).put("mute", false));
    Process other = byHand("order-2", own);
    try {
      awaitListener(Json.read(own).path("port").asInt());
      String pid = Long.toString(store.status().of("order-2").pid().orElseThrow());
      check(row("status", 0, "order-2 starting " + pid));
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServiceEndsWhileOthersStart() throws IOException {
    FakeInstallation.write(
        checkout.conf().resolve("order-2.json"),
        FakeInstallation.replica(2).replace("{'id':2", "{'broken':true,'id':2"));

    String said = run(1, "up", "--free-ports");

    int cause = said.indexOf("order-2 ended while it started:");
    assertTrue(cause >= 0 && said.contains("broken: must be false"), said);
    assertTrue(cause < said.indexOf("order-1 has stopped"), "the cause comes first: " + said);
    assertEquals(cause, said.lastIndexOf("order-2 ended"), "and once: " + said);
    assertTrue(said.contains("the start failed, and what it had started was stopped again"), said);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void twoStartAtOnce() throws Exception {
    List<CompletableFuture<Boolean>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      LocalStore one = LocalStore.of(checkout, data(), line -> {});
      both.add(CompletableFuture.supplyAsync(() -> one.up(UpOptions.defaults().withFreePorts())));
    }

    boolean first = both.get(0).get();
    boolean second = both.get(1).get();

    assertTrue(first || second, "they share the work");
    assertEquals(5, processesOfThisCheckout().size());
  }

  @Test
  void downWhileAnotherWaitsForTheStore() throws Exception {
    for (Service replica : Service.replicas()) {
      Path conf = checkout.conf().resolve(replica + ".json");
      ObjectNode json = Json.read(conf);
      json.withObject("/says/~1health").put("eligible", true).put("serving", false);
      Json.write(conf, json);
    }
    CompletableFuture<String> up =
        CompletableFuture.supplyAsync(() -> run(1, "up", "--free-ports"));
    awaitState("front-end", ServiceState.LIVE);

    check(row("down", 0, "The store is down."));

    String said = up.get();
    assertTrue(said.contains("ended while it started"), said);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void downWhileAnotherWaitsForAService() throws Exception {
    mute(checkout.conf().resolve("order-2.json"), true);
    CompletableFuture<String> up =
        CompletableFuture.supplyAsync(() -> run(1, "up", "--free-ports"));
    awaitState("order-2", ServiceState.STARTING);

    check(row("down", 0, "The store is down."));

    String said = up.get();
    assertTrue(said.contains("ended while it started"), said);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void interruptedInTheMiddleOfUp() throws Exception {
    assumeFalse(isInterruptIgnored(), "who started these tests told them to ignore interrupts");
    mute(checkout.conf().resolve("order-2.json"), true);
    Path said = home.resolve("said");
    Process up = toystore(List.of(), said, "up", "--free-ports");
    awaitState("order-2", ServiceState.STARTING);
    awaitState("catalog", ServiceState.LIVE);

    new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();

    assertEquals(130, up.waitFor());
    String words = Files.readString(said);
    assertTrue(words.contains("interrupted while waiting for "), words);
    assertTrue(words.contains("left running; see bin/toystore status, or end all by down"), words);
    check(row("status", 0, "catalog live"), row("down", 0, "The store is down."));
  }

  /** As nohup does, and each process that is started by one that ignores it. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored = Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> line.substring("SigIgn:".length()).strip())
        .findFirst()
        .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & 1L << (SIGINT - 1)) != 0;
  }

  @Test
  void aConfigurationIsNoAddress() throws IOException {
    withPort(checkout.conf().resolve("order-2.json"), 70_000);

    check(
        row("up", 1, "the configuration of order-2: host and port of a service are no address"),
        row("status", 0, "nothing is up in HOME/data"),
        row("up --free-ports", 0, "The store is up"),
        row("stop order-2", 0, "order-2 has stopped"));
    withPort(data().resolve("conf/order-2.json"), 70_000);
    check(
        row("start order-2", 1, "no address: \"127.0.0.1\" and 70000"),
        row("down", 0, "The store is down."));
  }

  private static void withPort(Path conf, int port) {
    Json.write(conf, Json.read(conf).put("port", port));
  }

  private static void mute(Path conf, boolean mute) {
    Json.write(conf, Json.read(conf).put("mute", mute));
  }

  private static void awaitListener(int port) {
    assertTrue(
        TimeLimit.await(Duration.ofMinutes(2), () -> Listeners.processOn(port).isPresent()));
  }

  /** The configuration of this store's service, for files and a token in that other folder. */
  private Path confIn(Path folder, String service) throws IOException {
    Files.createDirectories(folder);
    Files.copy(data().resolve("token"), folder.resolve("token"));
    Path own = folder.resolve(service + ".json");
    Json.write(
        own,
        Json.read(data().resolve("conf").resolve(service + ".json"))
            .put("data", folder.resolve(service).toString())
            .put("tokenFile", folder.resolve("token").toString()));
    return own;
  }
}
