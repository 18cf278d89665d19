package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import toystore.model.EngineName;
import toystore.operations.ServiceStatus.ServiceState;

/** What commands leave behind, and say, when not all goes as it should. */
class TroubleIT extends StoreCase {
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
        Optional.of(new Memory(EngineName.PRIMARY_BACKUP, OptionalInt.of(50), 1)), folder.memory());
    assertEquals(confBefore, Files.readString(home.resolve("data/conf/catalog.json")));
    assertFalse(Files.exists(home.resolve("data/conf/front-end-2.json")));
    assertTrue(store.up(UpOptions.defaults().withFreePorts()));
    assertEquals(50, Json.read(folder.conf(Service.CATALOG)).path("stock").asInt());
  }

  @Test
  void aFirstStartThatFailsFixesNoEngineUnlessItLeftFiles() throws IOException {
    for (int id = 1; id <= Service.REPLICAS; id++) {
      FakeInstallation.write(
          checkout.conf().resolve("raft-order-" + id + ".json"), FakeInstallation.replica(id));
    }
    UpOptions failing = UpOptions.defaults()
        .withFreePorts()
        .withEngine(EngineName.RAFT)
        .withTailoring((service, conf) -> conf.put("broken", true));
    UpOptions other = UpOptions.defaults().withFreePorts().withEngine(EngineName.PRIMARY_BACKUP);

    refusal(() -> store.up(failing));
    assertTrue(store.up(other));

    store.down();
    LocalStore second = LocalStore.of(checkout, home.resolve("second"), news::add);
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
    store.up(
        UpOptions.defaults().withStock(50).withFrontEnds(1).withEngine(EngineName.PRIMARY_BACKUP));
    assertEquals(List.of(), said(), "that is how it runs");
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

    assertEquals(1, said().size(), news.toString());
  }

  @Test
  void aRebuiltReplicaHasNewFilesAndItsOldAreKept() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    Files.createDirectories(store.data("order-2"));
    store.kill("order-1");

    store.rebuild("order-2");

    assertFalse(Files.exists(store.data("order-2")));
    assertEquals(ServiceState.LIVE, stateOf("order-1"));
    assertEquals(ServiceState.LIVE, stateOf("order-2"));
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
    assertEquals(ServiceState.LIVE, stateOf("order-2"));

    store.kill("order-2");
    String wasDown = refusal(() -> rebuild("order-2"));
    assertTrue(wasDown.endsWith("order-2 has its old files, and is down, as it was"), wasDown);
    assertEquals(ServiceState.DOWN, stateOf("order-2"));
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

  private int audit() {
    CommandLine commandLine = StoreCommandLine.make();
    commandLine.setErr(new PrintWriter(new StringWriter()));
    return commandLine.execute(
        "audit", "--timeout", "1", "--data", home.resolve("data").toString());
  }

  private void rebuild(String replica) {
    StoreFolder folder = new StoreFolder(home.resolve("data"));
    new ReplicaRebuild(
            new Fleet(checkout, folder, Operator.hearing(news::add)), Duration.ofMillis(300))
        .run(Service.replica(Integer.parseInt(replica.substring("order-".length()))));
  }

  /** From now on it answers so. */
  private void says(String service, String path, ObjectNode answer) {
    Path conf = home.resolve("data/conf").resolve(service + ".json");
    ObjectNode json = Json.read(conf);
    json.withObject("/says").set(path, answer);
    Json.write(conf, json);
  }
}
