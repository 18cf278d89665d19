package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.cli.Toystore;

/** The release archive: what is in it, and that its commands run where there is no checkout. */
class ReleaseIT {
  private static final Path TARGET =
      Path.of("..", "distribution", "target").toAbsolutePath().normalize();

  @TempDir
  Path folder;

  private Path release;

  @BeforeEach
  void unpack() throws Exception {
    Path place = Files.createDirectory(folder.resolve("a place"));
    run(place, List.of("tar", "-xzf", archive().toString()));
    release = only(place, name -> name.startsWith("toystore-"));
  }

  @Test
  void aServiceCarriesNoToolsAndNothingCarriesWhatOnlyTestsOrPagesNeed() throws IOException {
    Set<String> services = jars(release.resolve("lib"));
    Set<String> tools = jars(release.resolve("lib/tools"));

    for (String tool : List.of(
        "jfreechart-",
        "batik-",
        "jmh-",
        "toystore-drill-",
        "toystore-client-",
        "toystore-operations-")) {
      assertTrue(services.stream().noneMatch(jar -> jar.startsWith(tool)), tool + services);
      assertTrue(tools.stream().anyMatch(jar -> jar.startsWith(tool)), tool + tools);
    }
    for (String neither :
        List.of("swagger-ui-", "vertx-openapi-", "vertx-json-schema-", "junit-")) {
      assertTrue(services.stream().noneMatch(jar -> jar.startsWith(neither)), neither + services);
      assertTrue(tools.stream().noneMatch(jar -> jar.startsWith(neither)), neither + tools);
    }
    tools.retainAll(services);
    assertEquals(Set.of(), tools, "in both folders");
  }

  @Test
  void eachCommandHasItsPageInTheManualAndIsCompleted() throws Exception {
    String completion =
        Files.readString(release.resolve("share/bash-completion/completions/toystore"));

    for (String command : Toystore.commandLine().getSubcommands().keySet()) {
      Path page = release.resolve("share/man/man1/toystore-" + command + ".1");
      assertTrue(Files.readString(page).contains("SYNOPSIS"), command);
      assertTrue(completion.contains(command), command);
    }
  }

  @Test
  void commandsRunWithoutACheckout() throws Exception {
    String help = run(release, List.of("bin/toystore", "drill", "--help"));

    assertTrue(help.contains("bin/toystore drill"), help);
    assertEquals(
        Files.readString(archiveSource("bin/vertx")),
        Files.readString(release.resolve("bin/vertx")));
    assertTrue(Files.isExecutable(release.resolve("bin/vertx")));
    assertTrue(Files.exists(release.resolve("conf/systemd/toystore-order@.service")));
  }

  private static Path archiveSource(String path) {
    return TARGET.resolve("../../..").resolve(path).normalize();
  }

  private static Path archive() throws IOException {
    return only(TARGET, name -> name.startsWith("toystore-") && name.endsWith(".tar.gz"));
  }

  private static Path only(Path folder, Predicate<String> name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> name.test(file.getFileName().toString())).toList();
      assertEquals(1, found.size(), folder + ": " + found);
      return found.get(0);
    }
  }

  private static Set<String> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .collect(Collectors.toSet());
    }
  }

  private static String run(Path place, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TOYSTORE_"));
    Path output = Files.createTempFile(place, "output", ".txt");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), command + " goes on for 60 s");
    String said = Files.readString(output);
    Files.delete(output);
    assertEquals(0, process.exitValue(), command + ": " + said);
    return said;
  }
}
