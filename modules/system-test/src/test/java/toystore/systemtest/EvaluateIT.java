package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation from start to end, on real stores, but far too short to be believed. */
class EvaluateIT {
  private static final Path TOYSTORE =
      Path.of("..", "..", "bin", "toystore").toAbsolutePath().normalize();
  private static final int NO_FONTS = 4;
  private static final int SIGTERM = 143;

  @TempDir
  Path folder;

  private Path temporary;
  private Process evaluation;

  @BeforeEach
  void start() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    ProcessBuilder builder = new ProcessBuilder(
            TOYSTORE.toString(),
            "evaluate",
            "--quick",
            "--repetitions",
            "1",
            "--seconds-per-run",
            "0.2",
            "--out",
            folder.resolve("result").toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile());
    builder.environment().put("TOYSTORE_BUILD", "never");
    // Its stores are known by their folder.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    evaluation = builder.start();
  }

  @AfterEach
  void end() {
    evaluation.destroyForcibly();
    processes().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void itMeasuresAndLeavesNothingBehind() throws Exception {
    assertTrue(evaluation.waitFor(120, TimeUnit.SECONDS), this::output);

    assumeTrue(evaluation.exitValue() != NO_FONTS || !output().contains("no fonts"), this::output);
    assertEquals(0, evaluation.exitValue(), this::output);
    for (String file : List.of(
        "stamp.json",
        "runs.csv",
        "clients.csv",
        "summary.md",
        "latency.svg",
        "latency.png",
        "benefit.svg",
        "benefit.png",
        "clients.svg",
        "clients.png")) {
      assertTrue(Files.size(folder.resolve("result").resolve(file)) > 0, file);
    }
    String summary = Files.readString(folder.resolve("result/summary.md"));
    assertTrue(summary.contains("looked up and found as acknowledged"), summary);
    assertTrue(summary.matches("(?s).*\\| 0\\.0 \\| [1-9][0-9]?% .*"), summary);
    assertNothingLeft();
  }

  @Test
  void whoStopsItStopsItsStores() throws Exception {
    RunningStore.until("a store runs", () -> processes().size() >= 5 || !evaluation.isAlive());
    assumeTrue(evaluation.isAlive(), this::output);

    evaluation.destroy();

    assertTrue(evaluation.waitFor(60, TimeUnit.SECONDS), this::output);
    assertEquals(SIGTERM, evaluation.exitValue(), this::output);
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    assertEquals(List.of(), processes().stream().map(ProcessHandle::pid).toList(), this::output);
    try (Stream<Path> files = Files.list(temporary)) {
      assertEquals(
          List.of(),
          files
              .filter(file -> file.getFileName().toString().startsWith("toystore-"))
              .toList());
    }
  }

  /** The services that were started from the temporary folder. */
  private List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != evaluation.pid())
        .filter(process -> process
            .info()
            .commandLine()
            .filter(line -> line.contains(temporary + "/toystore-measured-"))
            .isPresent())
        .toList();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
