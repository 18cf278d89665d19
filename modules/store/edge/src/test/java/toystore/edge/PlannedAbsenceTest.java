package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import toystore.model.StoreError;
import toystore.model.StoreException;

class PlannedAbsenceTest {
  private final Vertx vertx = Vertx.vertx();
  private final PlannedAbsence absence = new PlannedAbsence();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whoIsAwayOnPurposeCountsAsSlowAndNotAsDown() throws IOException {
    assertEquals(CallFailure.FailureCause.REFUSED, kindOfFailure());

    absence.announce(new PlannedAbsence.Announcement(60_000));
    assertEquals(CallFailure.FailureCause.SILENT, kindOfFailure());

    absence.announce(new PlannedAbsence.Announcement(0));
    assertEquals(CallFailure.FailureCause.REFUSED, kindOfFailure());
  }

  @Test
  void nobodyIsWaitedForLongerThanAMinute() {
    for (int withinMs : new int[] {-1, 60_001}) {
      StoreException refused = assertThrows(
          StoreException.class, () -> absence.announce(new PlannedAbsence.Announcement(withinMs)));

      assertEquals(StoreError.BAD_REQUEST, refused.error());
    }
  }

  private CallFailure.FailureCause kindOfFailure() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ServiceClient client = new ServiceClient(
        vertx,
        new Address("127.0.0.1", port),
        Token.of("a-token-for-tests-only"),
        Optional.empty(),
        1,
        absence);
    CompletionException failure = assertThrows(CompletionException.class, () -> client
        .get("/health", Object.class, Duration.ofSeconds(20))
        .toCompletionStage()
        .toCompletableFuture()
        .join());
    return ((CallFailure) failure.getCause()).kind();
  }
}
