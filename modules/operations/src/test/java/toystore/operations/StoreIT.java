package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import toystore.operations.ServiceStatus.State;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StoreIT {
  @TempDir
  Path home;

  private final List<String> news = new ArrayList<>();
  private Checkout checkout;
  private Store store;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = FakeCheckout.in(home);
    store = Store.of(checkout, home.resolve("data"), news::add);
  }

  @AfterEach
  void nothingIsLeftRunning() {
    store.down();
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void anotherProgramFindsWhatOneStarted() {
    assertTrue(store.up(UpOptions.defaults().withFreePorts()));

    Store other = Store.of(checkout, home.resolve("data"), news::add);
    assertFalse(other.up(UpOptions.defaults()));
    assertEquals(store.addresses(), other.addresses());
    assertEquals(5, other.down().size());
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void servicesStartInOrder() {
    store.up(UpOptions.defaults().withFreePorts().withFrontEnds(2));

    assertEquals(
        List.of("catalog", "order-1", "order-2", "order-3", "front-end", "front-end-2"),
        news.stream().map(line -> line.split(" ")[0]).toList());
  }

  @Test
  void killPauseResumeStopAndStartDoWhatTheySay() {
    store.up(UpOptions.defaults().withFreePorts());

    store.kill("order-3");
    assertEquals(State.DOWN, stateOf("order-3"));
    store.start("order-3");
    assertEquals(State.LIVE, stateOf("order-3"));
    store.pause("order-2");
    assertEquals(State.PAUSED, stateOf("order-2"));
    store.resume("order-2");
    assertEquals(State.LIVE, stateOf("order-2"));
    store.stop("catalog");
    assertEquals(State.DOWN, stateOf("catalog"));

    assertTrue(store.up(UpOptions.defaults()), "up starts what is missing");
    assertEquals(State.LIVE, stateOf("catalog"));
  }

  @Test
  void statusShowsWhatServicesSay() {
    store.up(UpOptions.defaults().withFreePorts());

    ServiceStatus replica = store.status().of("order-3");

    assertTrue(replica.isLeader());
    assertEquals(7, replica.number("lastOrder").orElseThrow());
    assertEquals("live", replica.toJson().path("state").asText());
  }

  @Test
  void whatCannotBeDoneIsSaid() {
    store.up(UpOptions.defaults().withFreePorts());
    store.stop("order-1");

    assertEquals("order-1 is not up", refusal(() -> store.kill("order-1")));
    assertEquals("catalog is up already", refusal(() -> store.start("catalog")));
    assertThrows(UnknownService.class, () -> store.kill("order-4"));
  }

  @Test
  void aPausedServiceIsStoppedToo() {
    store.up(UpOptions.defaults().withFreePorts());
    store.pause("order-2");

    store.down();

    assertTrue(news.contains("order-2 has stopped"), "gracefully, not killed: " + news);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void aServiceThatEndsWhileItStartsIsShownAndTheRestStopped() throws IOException {
    FakeCheckout.write(
        checkout.conf().resolve("order-2.json"),
        FakeCheckout.replica(2).replace("{'id':2,'host'", "{'broken':true,'id':2,'host'"));

    String message = refusal(() -> store.up(UpOptions.defaults().withFreePorts()));

    assertTrue(message.startsWith("order-2 ended while it started:"), message);
    assertTrue(message.contains("broken: must be false"), message);
    assertEquals(List.of(), processesOfThisCheckout());
  }

  @Test
  void aReusedPidIsNeverTouched() {
    store.up(UpOptions.defaults().withFreePorts());
    Path run = home.resolve("data/run/order-1.json");
    Process bystander = bystander();
    try {
      store.kill("order-1");
      Json.write(run, Json.read(run).put("pid", bystander.pid()));

      assertEquals(State.DOWN, stateOf("order-1"));
      store.down();
      assertTrue(bystander.isAlive());
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void anotherStoreOnTheSamePortsIsNotTakenForThisOne() {
    store.up(UpOptions.defaults().withFreePorts());
    Store second = Store.of(checkout, home.resolve("second"), news::add);
    news.clear();

    String message =
        refusal(() -> second.up(UpOptions.defaults().withConf(home.resolve("data/conf"))));

    assertTrue(message.startsWith("catalog ended while it started:"), message);
    assertEquals(List.of(), news);
    assertEquals(State.LIVE, stateOf("catalog"));
  }

  @Test
  void anotherEngineIsRefusedAndAnotherStockIsSaid() throws IOException {
    store.up(UpOptions.defaults().withFreePorts().withStock(50));
    store.down();

    String message = refusal(() -> store.up(UpOptions.defaults().withEngine(Engine.RAFT)));
    assertTrue(message.contains("written by the engine primary-backup"), message);

    store.up(UpOptions.defaults().withFreePorts().withStock(70));
    assertTrue(
        news.stream().anyMatch(line -> line.contains("restocked to 70 (before: 50)")),
        news.toString());
  }

  @Test
  void whatDidNotStartIsNotRemembered() throws IOException {
    store.up(UpOptions.defaults().withFreePorts().withStock(50));
    store.down();
    String confBefore = Files.readString(home.resolve("data/conf/catalog.json"));
    UpOptions failing = UpOptions.defaults()
        .withFreePorts()
        .withStock(70)
        .withFrontEnds(2)
        .withTailoring((service, conf) -> conf.put("broken", service.name().equals("order-3")));

    refusal(() -> store.up(failing));

    StoreFolder folder = new StoreFolder(home.resolve("data"));
    assertEquals(
        Optional.of(new Memory(Engine.PRIMARY_BACKUP, OptionalInt.of(50), 1)), folder.memory());
    assertEquals(confBefore, Files.readString(home.resolve("data/conf/catalog.json")));
    assertFalse(Files.exists(home.resolve("data/conf/front-end-2.json")));
    assertTrue(store.up(UpOptions.defaults().withFreePorts()));
    assertEquals(50, Json.read(folder.conf(Service.CATALOG)).path("stock").asInt());
  }

  @Test
  void aFirstStartThatFailsFixesNoEngineUnlessItLeftFiles() throws IOException {
    for (int id = 1; id <= Service.REPLICAS; id++) {
      FakeCheckout.write(
          checkout.conf().resolve("raft-order-" + id + ".json"), FakeCheckout.replica(id));
    }
    UpOptions failing = UpOptions.defaults()
        .withFreePorts()
        .withEngine(Engine.RAFT)
        .withTailoring((service, conf) -> conf.put("broken", true));
    UpOptions other = UpOptions.defaults().withFreePorts().withEngine(Engine.PRIMARY_BACKUP);

    refusal(() -> store.up(failing));
    assertTrue(store.up(other));

    store.down();
    Store second = Store.of(checkout, home.resolve("second"), news::add);
    Files.createDirectories(home.resolve("second/order-1"));
    refusal(() -> second.up(failing));
    String message = refusal(() -> second.up(other));
    assertTrue(message.contains("files in"), message);
    assertTrue(message.contains("written by the engine raft: use --engine raft"), message);
  }

  @Test
  void optionsWithoutEffectAreSaid() {
    UpOptions options = UpOptions.defaults().withFreePorts().withStock(50);
    store.up(options);
    store.kill("order-3");
    news.clear();

    store.up(UpOptions.defaults().withCache(false).withStock(60).withConf(checkout.conf()));
    assertTrue(
        news.get(news.size() - 1).startsWith("--cache, --stock, --conf took no effect"),
        news.toString());
    news.clear();
    store.up(UpOptions.defaults().withStock(50).withFrontEnds(1).withEngine(Engine.PRIMARY_BACKUP));
    assertEquals(List.of(), news, "that is how it runs");
  }

  @Test
  void aServiceThatStartsAndIsNotReadySaysWhatItWaitsFor() {
    store.up(UpOptions.defaults().withFreePorts());
    store.stop("order-1");
    store.stop("front-end");
    says("order-1", "/health", Json.object().put("eligible", false));
    says("front-end", "/ready", Json.object().put("ready", false));
    news.clear();

    store.start("order-1");
    store.start("front-end");

    assertTrue(
        news.stream()
            .anyMatch(line ->
                line.startsWith("order-1 answers, but is not ready yet: it waits for all other")),
        news.toString());
    assertTrue(
        news.stream()
            .anyMatch(line -> line.startsWith(
                "front-end answers, but is not ready yet: it waits for the catalog")),
        news.toString());
  }

  @Test
  void aFollowerIsReadyThoughItDoesNotLead() {
    store.up(UpOptions.defaults().withFreePorts());
    store.stop("order-1");
    says("order-1", "/ready", Json.object().put("ready", false));
    news.clear();

    store.start("order-1");

    assertEquals(1, news.size(), news.toString());
  }

  @Test
  void aRebuiltReplicaHasNewFilesAndItsOldAreKept() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    Files.createDirectories(store.data("order-2"));
    store.kill("order-1");

    store.rebuild("order-2");

    assertFalse(Files.exists(store.data("order-2")));
    assertEquals(State.LIVE, stateOf("order-1"));
    assertEquals(State.LIVE, stateOf("order-2"));
    assertTrue(news.get(news.size() - 1).equals("order-2 is level"), news.toString());
  }

  @Test
  void aReplicaIsNotTouchedBeforeAllOthersTakePart() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    Files.createDirectories(store.data("order-2"));
    long pid = store.status().of("order-2").pid().orElseThrow();
    says("order-1", "/health", Json.object().put("eligible", false));

    String message = refusal(() -> rebuild("order-2"));

    assertTrue(message.contains("order-2 is left as it is"), message);
    assertEquals(pid, store.status().of("order-2").pid().orElseThrow());
    assertTrue(Files.exists(store.data("order-2")));
  }

  @Test
  void aReplicaThatCannotBeRebuiltIsAsItWas() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    Files.createDirectories(store.data("order-2"));
    for (String other : List.of("order-1", "order-3")) {
      says(other, "/health", Json.object().put("eligible", true));
    }

    String ran = refusal(() -> rebuild("order-2"));
    assertTrue(ran.startsWith("no other replica leads"), ran);
    assertTrue(ran.endsWith("order-2 has its old files, and is up again"), ran);
    assertEquals(State.LIVE, stateOf("order-2"));

    store.kill("order-2");
    String wasDown = refusal(() -> rebuild("order-2"));
    assertTrue(wasDown.endsWith("order-2 has its old files, and is down, as it was"), wasDown);
    assertEquals(State.DOWN, stateOf("order-2"));
    assertTrue(Files.exists(store.data("order-2")));
  }

  @Test
  void anAuditThatCannotReadWhatItNeedsCannotTell() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    Path conf = home.resolve("data/conf/catalog.json");
    String before = Files.readString(conf);
    Path token = home.resolve("data/token");
    Path aside = home.resolve("aside");

    Files.move(token, aside);
    assertEquals(2, audit(), "no token");
    Files.move(aside, token);
    Files.writeString(conf, "[]");
    assertEquals(2, audit(), "no configuration");
    Files.writeString(conf, before.replace("127.0.0.1", "not a host"));
    assertEquals(2, audit(), "what nobody foresaw");
    Files.writeString(conf, before);
  }

  @Test
  void anAuditOfAStoreWithAServiceDownCannotTell() {
    store.up(UpOptions.defaults().withFreePorts());
    store.kill("order-1");

    AuditReport report = store.audit(Duration.ofSeconds(1));

    assertEquals(AuditReport.Verdict.CANNOT_TELL, report.verdict());
    assertEquals(List.of("order-1 is down"), report.findings());
  }

  private int audit() {
    CommandLine commandLine = Toystore.commandLine();
    commandLine.setErr(new PrintWriter(new StringWriter()));
    return commandLine.execute(
        "audit", "--timeout", "1", "--data", home.resolve("data").toString());
  }

  private void rebuild(String replica) {
    StoreFolder folder = new StoreFolder(home.resolve("data"));
    new Rebuild(new Fleet(checkout, folder, news::add), Duration.ofMillis(300))
        .run(Service.replica(Integer.parseInt(replica.substring("order-".length()))));
  }

  /** From now on it answers so. */
  private void says(String service, String path, ObjectNode answer) {
    Path conf = home.resolve("data/conf").resolve(service + ".json");
    ObjectNode json = Json.read(conf);
    json.withObject("/says").set(path, answer);
    Json.write(conf, json);
  }

  private State stateOf(String service) {
    return store.status().of(service).state();
  }

  private static String refusal(Runnable work) {
    return assertThrows(OperationFailed.class, work::run).getMessage();
  }

  private static Process bystander() {
    try {
      return new ProcessBuilder("sleep", "100").start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks for itself: what the store says of its processes is under test. */
  private List<String> processesOfThisCheckout() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(process -> process.getFileName().toString().matches("[0-9]+"))
          .map(StoreIT::commandLine)
          .filter(line -> line.contains(home.toString()))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }
}
