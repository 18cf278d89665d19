package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import toystore.drill.DrillCommand;

/** Drills find what is broken, and only that; and no place to die breaks a promise. */
@Timeout(900)
@Tag("drills")
class DrillIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final List<String> SAMPLE =
      List.of("CATALOG after-commit", "LEADER before-answer", "NEXT_LEADER after-fence take-over");

  @Test
  void aGoodStoreKeepsItsPromisesWhenItsLeaderIsKilled() {
    assertDrillExits(0, "good", "--faults", "kill", "--rounds", "1", "--duration", "3s");
  }

  @Test
  void aCacheThatIgnoresInvalidationsIsFound() throws Exception {
    assertIsFound(Mutant.CACHE_IGNORES_INVALIDATIONS);
  }

  @ParameterizedTest
  @EnumSource(Mutant.class)
  void aBuildWithoutOneRuleIsFound(Mutant mutant) throws Exception {
    assertIsFound(mutant);
  }

  private static void assertIsFound(Mutant mutant) throws Exception {
    String name = mutant.name().toLowerCase(Locale.ROOT);
    Path lib = mutant.make(TARGET.resolve("broken").resolve(name));

    assertDrillExits(
        1,
        name,
        "--lib",
        lib.toString(),
        "--faults",
        mutant.faults(),
        "--rounds",
        String.valueOf(mutant.rounds()),
        "--duration",
        "3s");
  }

  @Test
  void aServiceMayDieBetweenTwoSteps() throws Exception {
    walk("primary-backup", SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"primary-backup", "raft"})
  void aServiceMayDieAnywhere(String engine) throws Exception {
    List<String> own =
        engine.equals("raft") ? CrashBuild.RAFT_ONLY : CrashBuild.PRIMARY_BACKUP_ONLY;
    walk(
        engine,
        Stream.of(CrashBuild.UNDER_LOAD, CrashBuild.IN_A_TAKE_OVER, own)
            .flatMap(List::stream)
            .toList());
  }

  private static void walk(String engine, List<String> points) throws Exception {
    String name = "crash-points-" + engine;
    Path lib = CrashBuild.make(TARGET.resolve("broken").resolve(name), points);

    assertDrillExits(
        0,
        name,
        "--lib",
        lib.toString(),
        "--engine",
        engine,
        "--faults",
        "crash-point",
        "--rounds",
        String.valueOf(points.size()),
        "--duration",
        "2s");
  }

  private static void assertDrillExits(int status, String name, String... arguments) {
    StringWriter said = new StringWriter();
    List<String> all = Stream.concat(
            Stream.of(
                "--seed", "1", "--out", TARGET.resolve("drills").resolve(name).toString()),
            Stream.of(arguments))
        .toList();

    int exit = new CommandLine(new DrillCommand())
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute(all.toArray(String[]::new));

    assertEquals(status, exit, said.toString());
  }
}
