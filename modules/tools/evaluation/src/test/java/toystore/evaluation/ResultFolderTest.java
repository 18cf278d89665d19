package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.chart.ChartFiles;
import toystore.operations.OperationFailed;

class ResultFolderTest {
  @TempDir
  Path folder;

  @Test
  void aResultCanBeReadAgain() throws IOException {
    List<Measurement> rows = Samples.measurements(0.1, 0.2);

    ResultFolder written = ResultFolder.begin(folder.resolve("a/b"), Samples.STAMP);
    written.append(rows.subList(0, 5));
    written.append(rows.subList(5, rows.size()));

    ResultFolder read = new ResultFolder(folder.resolve("a/b"));
    assertEquals(Samples.STAMP, read.stamp());
    assertEquals(rows.size(), read.measurements().size());
    assertTrue(
        Files.readString(folder.resolve("a/b/runs.csv")).startsWith("# command: bin/toystore"));
  }

  @Test
  void nothingOfAnOlderResultIsLeftUnderANewStamp() throws IOException {
    System.setProperty("java.awt.headless", "true");
    assumeTrue(ChartFiles.canDrawText(), "no fonts on this machine");
    ResultFolder old = ResultFolder.begin(folder, Samples.STAMP);
    old.append(Samples.measurements(0.1, 0.2));
    old.write(ResultFolder.SUMMARY, "old");
    old.write(ResultFolder.COMPARISON, "old");
    old.draw(new EvaluationPlots(Samples.wholeOutcome(old.measurements()), "old"));
    Files.writeString(folder.resolve("notes.txt"), "somebody's");
    assertEquals(13, files().size(), () -> files().toString());

    ResultFolder.begin(folder, Samples.stamp("newer", 2));

    assertEquals(Set.of("notes.txt", ResultFolder.STAMP, ResultFolder.RUNS), files());
    assertEquals(List.of(), new ResultFolder(folder).measurements());
  }

  @Test
  void whatIsNoOlderResultIsNeverReplaced() throws IOException {
    Path other = Files.createDirectory(folder.resolve("thesis"));
    Files.writeString(other.resolve("chapter1.md"), "work of years");

    assertThrows(OperationFailed.class, () -> ResultFolder.begin(other, Samples.STAMP));
  }

  @Test
  void aFolderWithoutAResultIsNamed() {
    OperationFailed failure =
        assertThrows(OperationFailed.class, () -> new ResultFolder(folder).stamp());

    assertTrue(failure.getMessage().contains(folder.toString()), failure.getMessage());
  }

  private Set<String> files() {
    return Set.of(folder.toFile().list());
  }
}
