package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.operations.OperationFailed;

class LogLinesTest {
  private static final String USUAL = "2026-01-01T00:00:00.000Z INFO  OrderVerticle up=true";
  private static final String ERROR = "2026-01-01T00:00:00.001Z ERROR Replies path=/orders failed";
  private static final String TRACE = "java.lang.IllegalStateException: key decided twice: k";

  @TempDir
  private Path folder;

  @Test
  void anErrorIsToldWithWhatFollows() {
    assertEquals(
        Optional.of(ERROR + " | " + TRACE), LogLines.firstError(List.of(USUAL, ERROR, TRACE)));
  }

  @Test
  void anExceptionThatNobodyCaughtIsAnError() {
    assertTrue(
        LogLines.firstError(List.of("Exception in thread \"main\" " + TRACE)).isPresent());
  }

  @Test
  void whatIsUsualIsNoError() {
    assertEquals(Optional.empty(), LogLines.firstError(List.of(USUAL, "crash-point=mid-apply")));
  }

  @Test
  void whoStopsSaysWhy() throws IOException {
    Path log = Files.write(folder.resolve("log"), List.of(USUAL));

    assertThrows(OperationFailed.class, () -> LogLines.requireFatal(log));
    assertEquals(USUAL, LogLines.last(log));
    assertEquals("nothing", LogLines.last(folder.resolve("none")));
  }
}
