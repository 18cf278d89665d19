package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import toystore.api.Answer;
import toystore.api.Outcome;

class RepeaterTest {
  private static final long SECOND_NS = 1_000_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Lateness lateness = new Lateness(System.nanoTime());
  private final LoadPhase stretch = new LoadPhase(System.nanoTime());
  private int sent;

  @AfterEach
  void close() throws Exception {
    vertx.close().await();
  }

  @Test
  void aTimeOutWhileThisLoopWasBlockedIsNotTheStoresFault() throws Exception {
    Outcome outcome = send(Outcome.TIMEOUT, 5 * SECOND_NS, Duration.ofSeconds(30));

    assertEquals(Outcome.OK, outcome);
    assertEquals(1, stretch.tally().repeats());
  }

  @Test
  void aTimeOutOfALoopThatWasThereIs() throws Exception {
    assertEquals(Outcome.TIMEOUT, send(Outcome.TIMEOUT, 0, Duration.ofSeconds(30)));
    assertEquals(1, sent);
  }

  @Test
  void aRefusedConnectionIsWhoeverWasLate() throws Exception {
    assertEquals(
        Outcome.CONNECTION, send(Outcome.CONNECTION, 5 * SECOND_NS, Duration.ofSeconds(30)));
  }

  @Test
  void nobodyIsAskedAgainForEver() throws Exception {
    assertEquals(Outcome.TIMEOUT, send(Outcome.TIMEOUT, 5 * SECOND_NS, Duration.ZERO));
  }

  /** Sends a request that ends so the first time, while the loop was blocked for so long. */
  private Outcome send(Outcome first, long blockedNs, Duration limit) throws Exception {
    Repeater repeater = new Repeater(vertx, Duration.ofSeconds(12), limit, lateness);
    return repeater
        .send(
            () -> {
              sent++;
              if (sent > 1) {
                return Future.succeededFuture(Answer.ok("good"));
              }
              lateness.tick(System.nanoTime() + blockedNs);
              return Future.succeededFuture(Answer.<String>failed(first, "silence"));
            },
            outcome -> false,
            stretch)
        .map(Answer::outcome)
        .await();
  }
}
