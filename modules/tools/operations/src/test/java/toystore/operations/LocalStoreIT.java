package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;
import toystore.operations.ServiceStatus.ServiceState;

class LocalStoreIT extends StoreCase {
  @Test
  void anotherProgramFindsWhatOneStarted() {
    assertTrue(store.up(UpOptions.defaults().withFreePorts()));

    LocalStore other = LocalStore.of(checkout, home.resolve("data"), news::add);
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
        said().stream().map(line -> line.split(" ")[0]).toList());
  }

  @Test
  void killPauseResumeStopAndStartDoWhatTheySay() {
    store.up(UpOptions.defaults().withFreePorts());

    store.kill("order-3");
    assertEquals(ServiceState.DOWN, stateOf("order-3"));
    store.start("order-3");
    assertEquals(ServiceState.LIVE, stateOf("order-3"));
    store.pause("order-2");
    assertEquals(ServiceState.PAUSED, stateOf("order-2"));
    store.resume("order-2");
    assertEquals(ServiceState.LIVE, stateOf("order-2"));
    store.stop("catalog");
    assertEquals(ServiceState.DOWN, stateOf("catalog"));

    assertTrue(store.up(UpOptions.defaults()), "up starts what is missing");
    assertEquals(ServiceState.LIVE, stateOf("catalog"));
  }

  @Test
  void aRestartGoesFromReplicasToTheCatalogAndReplacesEachProcess() {
    store.up(UpOptions.defaults().withFreePorts());
    List<OptionalLong> before = pids();
    news.clear();

    store.restartAll();

    List<String> turns = news.stream()
        .filter(line -> line.endsWith(" was restarted"))
        .map(line -> line.split(" ")[0])
        .toList();
    assertEquals(Set.of("order-1", "order-2", "order-3"), Set.copyOf(turns.subList(0, 3)));
    assertEquals(List.of("front-end", "catalog"), turns.subList(3, 5));
    assertFalse(news.toString().contains("takes no announcement"), news.toString());
    List<OptionalLong> after = pids();
    for (int i = 0; i < after.size(); i++) {
      assertTrue(after.get(i).isPresent() && !after.get(i).equals(before.get(i)));
    }
  }

  @Test
  void aServiceWhoseSuccessorDoesNotStartGoesOn() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    OptionalLong before = store.status().of("catalog").pid();
    Path conf = home.resolve("data/conf/catalog.json");
    Json.write(conf, Json.read(conf).put("broken", true));

    assertTrue(refusal(() -> store.restart(List.of("catalog"), StartLimit.NONE))
        .contains("broken: must be false"));

    assertEquals(before, store.status().of("catalog").pid());
    assertEquals(ServiceState.LIVE, stateOf("catalog"));
  }

  @Test
  void aRestartBringsTheBuildAtHandBesideTheOneThatRuns() throws IOException {
    store.up(UpOptions.defaults().withFreePorts());
    Path jar = home.resolve("modules/distribution/target/lib/some.jar");
    Files.delete(jar);
    FakeInstallation.write(jar, "another build");

    store.restart(List.of("order-1"), StartLimit.NONE);

    Path data = home.resolve("data");
    assertEquals("another build", Files.readString(data.resolve("lib-2/some.jar")));
    store.down();
    store.up(UpOptions.defaults().withFreePorts());
    assertEquals("another build", Files.readString(data.resolve("lib/some.jar")));
    assertFalse(Files.exists(data.resolve("lib-2")));
  }

  private List<OptionalLong> pids() {
    return store.status().services().stream().map(ServiceStatus::pid).toList();
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
    FakeInstallation.write(
        checkout.conf().resolve("order-2.json"),
        FakeInstallation.replica(2).replace("{'id':2,'host'", "{'broken':true,'id':2,'host'"));

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

      assertEquals(ServiceState.DOWN, stateOf("order-1"));
      store.down();
      assertTrue(bystander.isAlive());
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void anotherStoreOnTheSamePortsIsNotTakenForThisOne() {
    store.up(UpOptions.defaults().withFreePorts());
    LocalStore second = LocalStore.of(checkout, home.resolve("second"), news::add);
    news.clear();

    String message =
        refusal(() -> second.up(UpOptions.defaults().withConf(home.resolve("data/conf"))));

    assertTrue(message.startsWith("nothing was started, for others are in the way:"), message);
    assertTrue(
        message.contains("port " + port("catalog") + " of catalog is answered by process "
            + store.status().of("catalog").pid().orElseThrow() + " (bin/vertx run "),
        message);
    assertEquals(List.of(), said());
    assertEquals(ServiceState.LIVE, stateOf("catalog"));
  }

  @Test
  void anotherEngineIsRefusedAndAnotherStockIsSaid() throws IOException {
    store.up(UpOptions.defaults().withFreePorts().withStock(50));
    store.down();

    String message = refusal(() -> store.up(UpOptions.defaults().withEngine(EngineName.RAFT)));
    assertTrue(message.contains("written by the engine primary-backup"), message);

    store.up(UpOptions.defaults().withFreePorts().withStock(70));
    assertTrue(
        news.stream().anyMatch(line -> line.contains("restocked to 70 (before: 50)")),
        news.toString());
  }

  @Test
  void anAuditOfAStoreWithAServiceDownCannotTell() {
    store.up(UpOptions.defaults().withFreePorts());
    store.kill("order-1");

    AuditReport report = store.audit(Duration.ofSeconds(1));

    assertEquals(AuditReport.Verdict.CANNOT_TELL, report.verdict());
    assertEquals(List.of("order-1 is down"), report.findings());
  }

  private String port(String service) {
    String address = store.internalAddress(service);
    return address.substring(address.lastIndexOf(':') + 1);
  }

  private static Process bystander() {
    try {
      return new ProcessBuilder("sleep", "100").start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
