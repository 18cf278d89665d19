package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PredecessorTest {
  @Test
  void whoTakesAPlaceWaitsForTheOneWhoHasIt() throws Exception {
    Process other = new ProcessBuilder("cat").start(); // ends when its input does
    try {
      CompletableFuture<Void> start =
          CompletableFuture.runAsync(() -> Predecessor.awaitEnd(String.valueOf(other.pid())));
      assertTrue(other.isAlive());
      assertFalse(start.isDone());

      other.getOutputStream().close();

      start.get();
      assertFalse(other.isAlive());
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void withoutAPredecessorNothingIsWaitedFor() {
    Predecessor.awaitEnd(null);
    Predecessor.awaitEnd("");
    Predecessor.awaitEnd("no number");
  }
}
