package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of bin/, copied to a checkout where java and mvn only say how they were called. */
class ScriptsTest {
  @TempDir
  Path home;

  private FakeTools tools;

  @BeforeEach
  void makeCheckout() throws IOException {
    tools = new FakeTools(home);
  }

  @Test
  void theCallersFileIsFoundAndTheCheckoutIsTheWorkingFolder() throws Exception {
    FakeTools.Result result = tools.run(
        Map.of(),
        tools.checkout().resolve("bin/vertx"),
        "run",
        "some.Verticle",
        "-conf",
        "my conf.json");

    assertEquals(0, result.status(), result.errors());
    assertEquals("in " + tools.checkout(), result.lines().get(0));
    assertEquals(
        List.of(
            "toystore.edge.Launcher",
            "run",
            "some.Verticle",
            "-conf",
            tools.elsewhere() + "/my conf.json"),
        result.lines().subList(result.lines().size() - 5, result.lines().size()));
  }

  @Test
  void scriptsAreFoundThroughLinks() throws Exception {
    Path link = Files.createSymbolicLink(
        tools.elsewhere().resolve("link"), Path.of("../check out/bin/toystore"));
    Path linkToLink = Files.createSymbolicLink(tools.home().resolve("toystore"), link);

    FakeTools.Result result = tools.run(Map.of(), linkToLink, "status");

    assertEquals(0, result.status(), result.errors());
    assertTrue(result.lines().contains("-Dtoystore.checkout=" + tools.checkout()), result.output());
    assertEquals("in " + tools.elsewhere(), result.lines().get(0));
  }

  @Test
  void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    assertTrue(
        tools.run(Map.of(), tools.checkout().resolve("bin/toystore")).errors().contains("mvn -q"),
        "first use");
    assertEquals(
        "", tools.run(Map.of(), tools.checkout().resolve("bin/toystore")).errors(), "second use");

    Files.setLastModifiedTime(
        tools.checkout().resolve("modules/room/one/src/main/One.java"),
        java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    FakeTools.Result never =
        tools.run(Map.of("TOYSTORE_BUILD", "never"), tools.checkout().resolve("bin/toystore"));
    assertEquals("", never.errors());
    assertTrue(tools
        .run(Map.of(), tools.checkout().resolve("bin/vertx"), "run", "x", "-conf", "y")
        .errors()
        .contains("mvn -q"));
  }

  @Test
  void anotherFolderOfJarsIsNotBuilt() throws Exception {
    Path lib = Files.createDirectories(tools.home().resolve("lib"));
    Files.createFile(lib.resolve("z.jar"));

    FakeTools.Result result = tools.run(
        Map.of("TOYSTORE_LIB", lib.toString(), "TOYSTORE_JAVA_OPTS", "-Xmx99m -Dx=y"),
        tools.checkout().resolve("bin/vertx"),
        "run",
        "x",
        "-conf",
        "/y");

    assertEquals("", result.errors());
    assertTrue(
        result.lines().containsAll(List.of("-Xmx99m", "-Dx=y", lib + "/z.jar", "/y")),
        result.output());
  }

  @Test
  void withoutMavenItSaysWhatIsMissing() throws Exception {
    Files.delete(tools.home().resolve("tools/mvn"));

    FakeTools.Result result = tools.run(
        Map.of("PATH", pathWithoutMaven()), tools.checkout().resolve("bin/toystore"), "up");

    assertEquals(1, result.status());
    assertTrue(result.errors().contains("no mvn found"), result.errors());
  }

  @Test
  void wrongUsageOfVertxIsSaid() throws Exception {
    FakeTools.Result result = tools.run(Map.of(), tools.checkout().resolve("bin/vertx"), "walk");

    assertEquals(2, result.status());
    assertTrue(
        result.errors().startsWith("usage: bin/vertx run <verticle> -conf <file>"),
        result.errors());
  }

  /** The few programs that the scripts use, and nothing else. */
  private String pathWithoutMaven() throws IOException {
    Path few = Files.createDirectories(tools.home().resolve("few"));
    for (String program : new String[] {
      "dirname", "readlink", "find", "head", "mkdir", "flock", "sed", "touch", "locale", "grep"
    }) {
      for (String folder : System.getenv("PATH").split(":")) {
        Path found = Path.of(folder, program);
        if (Files.isExecutable(found) && Files.notExists(few.resolve(program))) {
          FakeTools.script(few.resolve(program), "exec " + found + " \"$@\"");
        }
      }
    }
    return few.toString();
  }
}
