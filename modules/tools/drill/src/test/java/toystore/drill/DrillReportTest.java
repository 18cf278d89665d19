package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.command.Stamp;
import toystore.model.EngineName;
import toystore.operations.FaultCommand;

class DrillReportTest {
  private static final Stamp BEFORE = new Stamp(
      "bin/toystore drill",
      "0123456789abcdef",
      false,
      "2026-01-02T03:04:05Z",
      new Stamp.Machine("some processor", 2, 8_192, "Linux", "JDK 17", "ext4"),
      null);
  private static final Drill.DrillOutcome OUTCOME =
      new Drill.DrillOutcome(List.of(), "", List.of(), 0);

  @TempDir
  private Path folder;

  @Test
  void theReportTellsWhenTheDrillBegan() throws IOException {
    Path report = new Drill(options(), BEFORE, round -> {}).write(OUTCOME);

    assertEquals("- started: 2026-01-02T03:04:05Z", started(report));
  }

  @Test
  void soDoesThatOfAStoreElsewhere() throws IOException {
    ElsewherePlan plan = new ElsewherePlan(
        List.of(),
        List.of(),
        FaultCommand.of("true {action} {service}"),
        Optional.empty(),
        Optional.empty(),
        1);

    Path report = new ElsewhereDrill(plan, options(), BEFORE, round -> {}).write(OUTCOME);

    assertEquals("- started: 2026-01-02T03:04:05Z", started(report));
  }

  private static String started(Path report) throws IOException {
    return Files.readAllLines(report).stream()
        .filter(line -> line.startsWith("- started"))
        .findFirst()
        .orElseThrow();
  }

  private DrillOptions options() {
    return new DrillOptions(
        1,
        1,
        List.of(FaultKind.KILL),
        CutMeans.AUTO,
        Duration.ofSeconds(1),
        EngineName.of(EngineName.USUAL),
        1,
        folder,
        0,
        false,
        Optional.empty());
  }
}
