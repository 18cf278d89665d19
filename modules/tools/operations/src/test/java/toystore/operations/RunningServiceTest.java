package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.RunningService.StoreMark;

class RunningServiceTest {
  private static final ProcessId SELF =
      ProcessId.of(ProcessHandle.current().pid()).orElseThrow();

  @TempDir
  Path home;

  @Test
  void aServiceIsKnownByItsCommandLine() {
    assertEquals(
        Optional.of(new ServiceCommandLine("toystore.catalog.CatalogVerticle", "conf/c.json")),
        commandLine("/jdk/bin/java -Xmx1g -cp a.jar:b.jar toystore.edge.Launcher run"
            + " toystore.catalog.CatalogVerticle -conf conf/c.json"));
    assertEquals(
        "bin/vertx run toystore.order.OrderVerticle -conf /c.json",
        commandLine("java toystore.edge.Launcher run toystore.order.OrderVerticle --conf /c.json")
            .orElseThrow()
            .toString());
  }

  @Test
  void whoOnlyTalksOfOneIsNone() {
    for (String other : List.of(
        "grep run toystore.edge.Launcher run toystore.catalog.CatalogVerticle -conf c.json",
        "timeout 9 java toystore.edge.Launcher run toystore.catalog.CatalogVerticle -conf c.json",
        "java toystore.edge.Launcher run toystore.catalog.CatalogVerticle",
        "java toystore.edge.Launcher run toystore.catalog.CatalogVerticle -conf",
        "java other.Main run toystore.catalog.CatalogVerticle -conf c.json",
        "java toystore.cli.Toystore start catalog",
        "java toystore.edge.Launcher run",
        "run",
        "")) {
      assertEquals(Optional.empty(), commandLine(other), other);
    }
  }

  @Test
  void whatAStoreHasStartedIsMarked() {
    assertEquals(
        Optional.of(new StoreMark(Path.of("/a/data"), "order-1", false)),
        StoreMark.of("/a/data/run/order-1.tmp", "/a/data/log/order-1.log"));
    assertEquals(
        Optional.of(new StoreMark(Path.of("/a/data"), "order-1", true)),
        StoreMark.of("/a/data/run/order-1.tmp", "/a/data/log/order-1.log (deleted)"));
    assertEquals(
        Optional.of(new StoreMark(Path.of("/moved here"), "order-1", false)),
        StoreMark.of("/a/data/run/order-1.tmp", "/moved here/log/order-1.log"),
        "its folder was moved");
    assertEquals(
        Optional.of(new StoreMark(Path.of("/a/data"), "order-1", false)),
        StoreMark.of("/a/data/run/order-1.tmp", "/dev/null"));
    assertEquals(Optional.empty(), StoreMark.of("/tmp", "/a/data/log/order-1.log"));
  }

  @Test
  void whatAPersonHasStartedUsesTheStoreOfItsFiles() throws IOException {
    RunningService catalog = byHand(
        "toystore.catalog.CatalogVerticle", "{'data':'data/catalog','tokenFile':'else/where'}");
    RunningService frontEnd =
        byHand("toystore.frontend.FrontEndVerticle", "{'id':2,'tokenFile':'data/token'}");
    RunningService replica =
        byHand("toystore.raft.RaftOrderVerticle", "{'id':3,'data':'other/order-3'}");

    assertTrue(catalog.uses(folder("data")));
    assertTrue(catalog.uses(folder("else")));
    assertTrue(frontEnd.uses(folder("data")));
    assertFalse(replica.uses(folder("data")));
    assertEquals(Optional.of(Service.CATALOG), catalog.service());
    assertEquals(Optional.of(Service.frontEnd(2)), frontEnd.service());
    assertEquals(Optional.of(Service.replica(3)), replica.service());
  }

  @Test
  void aFolderIsTheSameByEveryPathToIt() throws IOException {
    Files.createDirectories(home.resolve("data"));
    Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("data"));

    assertTrue(new StoreFolder(link).isAt(home.resolve("data")));
    assertTrue(new StoreFolder(home.resolve("gone")).isAt(home.resolve("gone")));
    assertFalse(new StoreFolder(home.resolve("gone")).isAt(home.resolve("data")));
  }

  @Test
  void aServiceHasOneNameAndNoOther() {
    for (Service service : Service.all(3)) {
      assertEquals(Optional.of(service), Service.named(service.name()));
    }
    for (String other : List.of("order-", "order-0", "front-end-1", "front-end-0", "Catalog", "")) {
      assertEquals(Optional.empty(), Service.named(other), other);
    }
  }

  private static Optional<ServiceCommandLine> commandLine(String words) {
    return ServiceCommandLine.of(List.of(words.split(" ")));
  }

  private RunningService byHand(String verticle, String conf) throws IOException {
    FakeInstallation.write(home.resolve("conf/" + verticle + ".json"), conf);
    return new RunningService(
        SELF,
        new ServiceCommandLine(verticle, "conf/" + verticle + ".json"),
        home,
        Optional.empty());
  }

  private StoreFolder folder(String name) {
    return new StoreFolder(home.resolve(name));
  }
}
