package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the store does not do is counted, told and, where it must be, repeated. */
class FailureTest extends AgainstFakeStore {
  @Test
  void aRefusalIsNoFailure() throws IOException {
    store.stock.replaceAll((name, units) -> 1);

    JsonNode report =
        json("-c", "1", "-n", "20", "-p", "1", "--quantity", "2", "--check", "failures==0");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(20, report.at("/totals/refusals").asLong());
    assertEquals(20, report.at("/requests/refusal/count").asLong());
    assertEquals(0, report.at("/requests/buy/count").asLong());
    assertTrue(report.at("/requests/buy/meanMs").isNull(), "nothing was measured, so not 0");
  }

  @Test
  void whatCannotBeReachedIsToldAtOnce() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    long startNs = System.nanoTime();

    int status = command("--port", String.valueOf(port));

    assertEquals(4, status, this::everything);
    assertTrue(System.nanoTime() - startNs < Duration.ofSeconds(5).toNanos());
    assertTrue(err.toString().contains("http://localhost:" + port), this::everything);
  }

  @Test
  void aStoreThatAcceptsAndSaysNothingIsUnreachable() throws IOException {
    try (ServerSocket silent = new ServerSocket(0)) {
      long startNs = System.nanoTime();

      int status = command("--timeout", "1s", "--port", String.valueOf(silent.getLocalPort()));

      assertEquals(4, status, this::everything);
      assertTrue(System.nanoTime() - startNs < Duration.ofSeconds(5).toNanos());
    }
  }

  @Test
  void theFirstAnswerMayTakeAsLongAsAnyOther() {
    store.stallAfterRequests = 1;
    store.stallMs = 2_500;

    assertEquals(0, run("-n", "1", "-p", "0", "--timeout", "20s"), this::everything);
  }

  @Test
  void aStoreThatSellsNothingIsNotGood() throws IOException {
    store.purchaseTroubles.addAll(Collections.nCopies(10, FakeStore.Trouble.UNAVAILABLE));

    JsonNode report = json("-c", "1", "-n", "10", "-p", "1");

    assertEquals(4, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(
        "no purchase succeeded (10 unavailable (503))", report.at("/verdict").asText());
  }

  @Test
  void requestsThatFailedAreToldInPlaceOfGood() {
    store.purchaseTroubles.addAll(Collections.nCopies(9, FakeStore.Trouble.UNAVAILABLE));

    assertEquals(0, run("-c", "1", "-n", "10", "-p", "1"), this::everything);
    assertTrue(
        out.toString()
            .endsWith("FAILURES: 9 of 21 requests failed (9 unavailable (503));"
                + " no order is lost or wrong\n"),
        this::everything);
  }

  @Test
  void aPurchaseWithoutAnswerIsSentAgainWithItsKey() throws IOException {
    store.purchaseTroubles.addAll(
        List.of(FakeStore.Trouble.BREAK_AFTER, FakeStore.Trouble.SILENCE_AFTER));

    JsonNode report =
        json("-c", "1", "-n", "5", "-p", "1", "--timeout", "1s", "--retry-for", "10s");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(2, report.at("/totals/repeats").asInt());
    assertEquals(0, report.at("/totals/failures").asInt());
    assertEquals(7, store.keys.size());
    assertEquals(1, new HashSet<>(store.keys.subList(0, 3)).size(), store.keys::toString);
    assertEquals(5, store.orders.size());
  }

  @Test
  void withoutRetryItsOutcomeIsOpen() throws IOException {
    store.purchaseTroubles.add(FakeStore.Trouble.SILENCE_AFTER);

    JsonNode report = json("-c", "1", "-n", "5", "-p", "1", "--timeout", "1s", "--retry-for", "0s");

    assertEquals(0, report.at("/totals/repeats").asInt());
    assertEquals(1, report.at("/totals/openPurchases").asInt());
    assertEquals(1, report.at("/requests/buy/failures/timeout").asInt());
    assertEquals(4, report.at("/orders/acknowledged").asInt());
  }

  @Test
  void failuresAreToldApart() throws IOException {
    store.purchaseTroubles.addAll(List.of(
        FakeStore.Trouble.UNAVAILABLE, FakeStore.Trouble.SERVER_ERROR, FakeStore.Trouble.NONSENSE));
    store.queryTroubles.add(FakeStore.Trouble.BREAK_AFTER);

    JsonNode report = json("-c", "1", "-n", "10", "-p", "1");

    assertEquals(1, report.at("/requests/buy/failures/unavailable").asInt());
    assertEquals(1, report.at("/requests/buy/failures/status").asInt());
    assertEquals(1, report.at("/requests/buy/failures/malformed").asInt());
    assertEquals(1, report.at("/requests/query/failures/connection").asInt());
    assertEquals(4, report.at("/totals/failures").asInt());
    assertEquals(4, report.at("/failureExamples").size());
  }
}
