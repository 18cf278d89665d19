package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.AuditReport;
import toystore.operations.UpOptions;

/** The evaluation of stores that it did not start, with crashes; far too short to be believed. */
class EvaluateElsewhereIT {
  private static final Path TOYSTORE =
      Path.of("..", "..", "bin", "toystore").toAbsolutePath().normalize();
  private static final int NO_FONTS = 4;
  private static final int STOCK = 1_000_000;

  @RegisterExtension
  static final RunningStore CACHED =
      new RunningStore(UpOptions.defaults().withCache(true).withStock(STOCK));

  @RegisterExtension
  static final RunningStore UNCACHED =
      new RunningStore(UpOptions.defaults().withCache(false).withStock(STOCK));

  @TempDir
  Path folder;

  @Test
  void replicasAreKilledUnderLoadAndNoRequestFails() throws Exception {
    String kill = "TOYSTORE_BUILD=never '" + TOYSTORE + "' {action} {service} --data '"
        + CACHED.folder() + "'";

    int status = evaluate(CACHED, UNCACHED, "--faults", kill, "--store-machine", "beside it");

    assumeTrue(status != NO_FONTS || !output().contains("no fonts"), this::output);
    assertEquals(0, status, this::output);
    for (String file :
        List.of("runs.csv", "clients.csv", "crashes.csv", "crashes.svg", "clients.png")) {
      assertTrue(Files.size(folder.resolve("result").resolve(file)) > 0, file);
    }
    String summary = Files.readString(folder.resolve("result/summary.md"));
    assertTrue(summary.contains("store:   beside it, "), summary);
    assertTrue(summary.contains("2 replicas were killed under load"), summary);
    assertTrue(summary.contains(": no request failed"), summary);
    assertTrue(summary.matches("(?s).*\\| order-[123] \\| yes \\|.*"), summary);
    String stamp = Files.readString(folder.resolve("result/stamp.json"));
    assertFalse(stamp.contains("127.0.0.1"), "no host's name in a result: " + stamp);
    assertEquals(AuditReport.Verdict.HOLDS, CACHED.audit().verdict());
  }

  @Test
  void storesThatAreTakenForEachOtherAreNotMeasured() throws Exception {
    assertEquals(NO_FONTS, evaluate(UNCACHED, CACHED), this::output);

    assertTrue(output().contains("--url: this store does not cache"), this::output);
  }

  private int evaluate(RunningStore cached, RunningStore uncached, String... options)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(
        TOYSTORE.toString(),
        "evaluate",
        "--quick",
        "--repetitions=1",
        "--seconds-per-run=0.1",
        "--url=" + url(cached),
        "--nocache-url=" + url(uncached),
        "--out=" + folder.resolve("result"));
    builder.command().addAll(List.of(options));
    builder.environment().put("TOYSTORE_BUILD", "never");
    Process evaluation = builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output.txt").toFile())
        .start();
    try {
      assertTrue(evaluation.waitFor(120, TimeUnit.SECONDS), this::output);
      return evaluation.exitValue();
    } finally {
      evaluation.destroyForcibly();
    }
  }

  private static String url(RunningStore store) {
    return store.store().addresses().get(0).toString();
  }

  private String output() {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
