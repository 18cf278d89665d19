package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.model.EngineName;
import toystore.operations.ServiceStatus.ServiceState;

/** Commands on services that systemd runs: here they are started as its units say. */
class InstalledStoreIT {
  @TempDir
  Path home;

  private final List<String> news = new ArrayList<>();
  private final List<Process> started = new ArrayList<>();
  private LocalStore store;

  @BeforeEach
  void install() throws IOException {
    Installation program = FakeInstallation.in(home.resolve("opt"));
    Path conf = home.resolve("etc");
    Path data = home.resolve("var");
    FakeInstallation.write(conf.resolve("token"), "a-token-for-tests-only");
    FakeInstallation.write(conf.resolve("toystore.env"), "\n");
    FakeInstallation.write(data.resolve("installation.json"), "{'conf':'" + conf + "'}");
    FreePorts ports = new FreePorts();
    // A machine of its own for these three.
    for (String name : List.of("catalog", "order-2", "front-end")) {
      ObjectNode json = Json.read(program.conf().resolve(name + ".json"));
      json.put("port", ports.getAsInt()).put("tokenFile", conf.resolve("token").toString());
      if (json.has("internalPort")) {
        json.put("internalPort", ports.getAsInt());
      }
      Json.write(conf.resolve(name + ".json"), json);
      started.add(new ProcessBuilder(
              program.vertx().toString(),
              "run",
              Service.named(name).orElseThrow().verticle(EngineName.PRIMARY_BACKUP),
              "-conf",
              conf.resolve(name + ".json").toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start());
    }
    store = LocalStore.of(program, data, news::add);
    assertTrue(TimeLimit.await(Duration.ofSeconds(60), () -> store.status().services().stream()
        .allMatch(service -> service.state() == ServiceState.LIVE && service.answers())));
  }

  @AfterEach
  void end() throws InterruptedException {
    started.forEach(Process::destroyForcibly);
    for (Process process : started) {
      process.waitFor();
    }
  }

  @Test
  void statusShowsTheServicesOfThisMachine() {
    assertEquals(
        List.of("catalog", "order-2", "front-end"),
        store.status().services().stream()
            .map(status -> status.service().name())
            .toList());
    assertEquals(started.get(1).pid(), store.status().of("order-2").pid().orElseThrow());
    assertEquals(List.of(), store.strangers());
  }

  @Test
  void killPauseAndResumeReachThem() {
    store.pause("order-2");
    assertEquals(ServiceState.PAUSED, store.status().of("order-2").state());
    store.resume("order-2");
    assertEquals(ServiceState.LIVE, store.status().of("order-2").state());

    store.kill("order-2");

    assertEquals(ServiceState.DOWN, store.status().of("order-2").state());
    assertTrue(Files.exists(home.resolve("etc/order-2.json")));
  }

  @Test
  void theEngineIsTheOneOfTheUnits() throws IOException {
    Path conf = home.resolve("etc");
    assertEquals(EngineName.PRIMARY_BACKUP, Memory.ofInstallation(conf).engine());

    FakeInstallation.write(
        conf.resolve("toystore.env"), "ORDER_VERTICLE=toystore.raft.RaftOrderVerticle\n");

    assertEquals(EngineName.RAFT, Memory.ofInstallation(conf).engine());
  }
}
