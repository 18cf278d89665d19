package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A stall of the store shows in the open loop, and hardly in the closed one. What it measures is to
 * be the store's stall and not that of a test beside it.
 */
@Isolated
class LoopTest extends AgainstFakeStore {
  @Test
  void aStallShowsInTheOpenLoop() throws IOException {
    store.stallAfterRequests = 300;
    store.stallMs = 1000;

    JsonNode report = json("-c", "4", "--rate", "400", "-d", "2500ms", "-p", "0");

    double p99Ms = report.at("/requests/query/percentilesMs/p99").asDouble();
    assertTrue(p99Ms > 700, () -> "p99 " + p99Ms);
  }

  @Test
  void aStallThatHoldsUpPurchasesShowsInTheIterations() throws IOException {
    store.stallAfterRequests = 600;
    store.stallMs = 1000;

    JsonNode report = json("-c", "4", "--rate", "400", "-d", "2500ms", "-p", "1");

    double p99Ms = report.at("/requests/iteration/percentilesMs/p99").asDouble();
    assertTrue(p99Ms > 700, () -> "p99 " + p99Ms);
    double buyMs = report.at("/requests/buy/percentilesMs/p99").asDouble();
    assertTrue(buyMs < 500, () -> "a purchase counts from its sending: p99 " + buyMs);
    assertEquals(report.at("/iterations"), report.at("/requests/iteration/count"));
  }

  @Test
  void theSameStallIsHiddenInTheClosedLoop() throws IOException {
    store.stallAfterRequests = 300;
    store.stallMs = 1000;

    JsonNode report = json("-c", "4", "-d", "2500ms", "-p", "0", "--think", "9ms");

    double p99Ms = report.at("/requests/query/percentilesMs/p99").asDouble();
    assertTrue(p99Ms < 500, () -> "p99 " + p99Ms);
    assertTrue(report.at("/requests/query/maxMs").asDouble() > 900, report::toPrettyString);
    assertTrue(report.at("/requests/iteration").isMissingNode(), "no start was intended");
  }

  @Test
  void anOpenLoopThatIsTooFastSaysSo() throws IOException {
    store.stallAfterRequests = 20;
    store.stallMs = 2000;

    JsonNode report = json("-c", "1", "--rate", "200", "-d", "400ms", "-p", "0", "--timeout", "1s");

    assertTrue(report.at("/iterationsGivenUp").asInt() > 0, report::toPrettyString);
  }
}
