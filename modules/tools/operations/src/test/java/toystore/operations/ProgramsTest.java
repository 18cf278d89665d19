package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  @Test
  void whatAProgramComplainsOfIsTheReason() {
    assertEquals(
        Optional.of("'sh -s' exited with 1: not permitted"),
        Programs.failure(List.of("sh", "-s"), "echo not permitted >&2; exit 1"));
  }

  @Test
  void successHasNoReason() {
    assertEquals(Optional.empty(), Programs.failure(List.of("sh", "-s"), "echo done"));
  }

  @Test
  void whatAProgramDidIsKnownToOneThatIsInterruptedToo() {
    Thread.currentThread().interrupt();

    Optional<String> failure = Programs.failure(List.of("sh", "-s"), "exit 0");

    assertTrue(Thread.interrupted());
    assertEquals(Optional.empty(), failure);
  }

  @Test
  void aProgramThatIsMissingIsNamed() {
    assertEquals(
        Optional.of("there is no no-such-program"),
        Programs.failure(List.of("no-such-program"), ""));
  }

  @Test
  void aProgramThatHangsIsNotWaitedForForever() {
    assertEquals(
        Optional.of("'sh -s' did not end within 1 s"),
        Programs.failure(List.of("sh", "-s"), "exec sleep 60", Duration.ofSeconds(1)));
  }
}
