package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of bin/, copied to a checkout where java and mvn only say how they were called. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScriptsTest {
  private static final Path BIN = Checkout.find().home().resolve("bin");

  @TempDir
  Path home;

  private Path checkout;
  private Path elsewhere;

  @BeforeEach
  void makeCheckout() throws IOException {
    home = home.toRealPath();
    checkout = home.resolve("check out");
    elsewhere = Files.createDirectories(home.resolve("else where"));
    for (String script : new String[] {"vertx", "toystore", "setup.sh"}) {
      Files.createDirectories(checkout.resolve("bin"));
      Files.copy(BIN.resolve(script), checkout.resolve("bin").resolve(script));
    }
    FakeCheckout.write(checkout.resolve("pom.xml"), "<project/>");
    FakeCheckout.write(checkout.resolve("modules/one/pom.xml"), "<project/>");
    FakeCheckout.write(checkout.resolve("modules/one/src/main/One.java"), "class One {}");
    script(
        home.resolve("jdk/bin/java"),
        "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; exit; fi",
        "echo \"in $PWD\"; for word in \"$@\"; do echo \"$word\"; done");
    script(
        home.resolve("tools/mvn"),
        "echo \"mvn $*\"",
        "mkdir -p modules/distribution/target/lib && touch modules/distribution/target/built"
            + " modules/distribution/target/lib/a.jar modules/distribution/target/lib/b.jar");
  }

  @Test
  void theCallersFileIsFoundAndTheCheckoutIsTheWorkingFolder() throws Exception {
    Result result = run(
        Map.of(), checkout.resolve("bin/vertx"), "run", "some.Verticle", "-conf", "my conf.json");

    assertEquals(0, result.status, result.errors);
    assertEquals("in " + checkout, result.lines().get(0));
    assertEquals(
        List.of(
            "toystore.edge.Launcher", "run", "some.Verticle", "-conf", elsewhere + "/my conf.json"),
        result.lines().subList(result.lines().size() - 5, result.lines().size()));
  }

  @Test
  void scriptsAreFoundThroughLinks() throws Exception {
    Path link =
        Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../check out/bin/toystore"));
    Path linkToLink = Files.createSymbolicLink(home.resolve("toystore"), link);

    Result result = run(Map.of(), linkToLink, "status");

    assertEquals(0, result.status, result.errors);
    assertTrue(result.lines().contains("-Dtoystore.checkout=" + checkout), result.output);
    assertEquals("in " + elsewhere, result.lines().get(0));
  }

  @Test
  void itBuildsOnceAndAgainWhenASourceIsNewer() throws Exception {
    assertTrue(
        run(Map.of(), checkout.resolve("bin/toystore")).errors.contains("mvn -q"), "first use");
    assertEquals("", run(Map.of(), checkout.resolve("bin/toystore")).errors, "second use");

    Files.setLastModifiedTime(
        checkout.resolve("modules/one/src/main/One.java"),
        java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));
    Result never = run(Map.of("TOYSTORE_BUILD", "never"), checkout.resolve("bin/toystore"));
    assertEquals("", never.errors);
    assertTrue(run(Map.of(), checkout.resolve("bin/vertx"), "run", "x", "-conf", "y")
        .errors
        .contains("mvn -q"));
  }

  @Test
  void anotherFolderOfJarsIsNotBuilt() throws Exception {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Files.createFile(lib.resolve("z.jar"));

    Result result = run(
        Map.of("TOYSTORE_LIB", lib.toString(), "TOYSTORE_JAVA_OPTS", "-Xmx99m -Dx=y"),
        checkout.resolve("bin/vertx"),
        "run",
        "x",
        "-conf",
        "/y");

    assertEquals("", result.errors);
    assertTrue(
        result.lines().containsAll(List.of("-Xmx99m", "-Dx=y", lib + "/z.jar", "/y")),
        result.output);
  }

  @Test
  void withoutMavenItSaysWhatIsMissing() throws Exception {
    Files.delete(home.resolve("tools/mvn"));

    Result result = run(Map.of("PATH", pathWithoutMaven()), checkout.resolve("bin/toystore"), "up");

    assertEquals(1, result.status);
    assertTrue(result.errors.contains("no mvn found"), result.errors);
  }

  @Test
  void wrongUsageOfVertxIsSaid() throws Exception {
    Result result = run(Map.of(), checkout.resolve("bin/vertx"), "walk");

    assertEquals(2, result.status);
    assertTrue(
        result.errors.startsWith("usage: bin/vertx run <verticle> -conf <file>"), result.errors);
  }

  /** The few programs that the scripts use, and nothing else. */
  private String pathWithoutMaven() throws IOException {
    Path few = Files.createDirectories(home.resolve("few"));
    for (String program :
        new String[] {"dirname", "readlink", "find", "head", "mkdir", "flock", "sed", "touch"}) {
      for (String folder : System.getenv("PATH").split(":")) {
        Path found = Path.of(folder, program);
        if (Files.isExecutable(found) && Files.notExists(few.resolve(program))) {
          script(few.resolve(program), "exec " + found + " \"$@\"");
        }
      }
    }
    return few.toString();
  }

  private record Result(int status, String output, String errors) {
    List<String> lines() {
      return output.lines().toList();
    }
  }

  private Result run(Map<String, String> environment, Path script, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(words));
    Path output = home.resolve("output");
    Path errors = home.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command)
        .directory(elsewhere.toFile())
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TOYSTORE_"));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().put("PATH", home.resolve("tools") + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    int status = builder.start().waitFor();
    return new Result(
        status,
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  private static void script(Path file, String... lines) throws IOException {
    FakeCheckout.write(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
