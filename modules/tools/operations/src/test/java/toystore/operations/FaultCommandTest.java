package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.operations.FaultCommand.FaultRequest;

class FaultCommandTest {
  @TempDir
  Path folder;

  @Test
  void itsPlacesAreFilled() {
    FaultCommand command = FaultCommand.of("ssh shop bin/toystore {action} {service}");

    assertEquals("ssh shop bin/toystore kill order-3", command.line(FaultRequest.KILL, "order-3"));
    assertEquals(
        "ssh shop bin/toystore start order-1", command.line(FaultRequest.START, "order-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ssh", "bin/toystore kill {service}", "bin/toystore {action} order-1"})
  void aCommandThatCannotSayWhatToDoIsRefused(String template) {
    assertThrows(OperationFailed.class, () -> FaultCommand.of(template));
  }

  @Test
  void theShellRunsItAndItsOwnWordsExplainAFailure() throws Exception {
    Path done = folder.resolve("done");

    FaultCommand.of("echo {action} {service} > '" + done + "'").run(FaultRequest.KILL, "order-2");
    OperationFailed failure = assertThrows(OperationFailed.class, () -> FaultCommand.of(
            "echo no such host {action} {service} >&2; exit 7")
        .run(FaultRequest.START, "order-2"));

    assertEquals("kill order-2\n", Files.readString(done));
    assertTrue(
        failure.getMessage().endsWith("exited with 7: no such host start order-2"),
        failure.getMessage());
  }

  @Test
  void whatItLeavesRunningIsNotWaitedFor() throws Exception {
    Path pid = folder.resolve("pid");
    try {
      FaultCommand.of("sleep 60 & echo $! > '" + pid + "' # {action} {service}")
          .run(FaultRequest.START, "order-1");
    } finally {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroy);
    }
  }
}
