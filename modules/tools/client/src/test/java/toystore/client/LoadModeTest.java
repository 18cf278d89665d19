package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LoadModeTest extends AgainstFakeStore {
  @Test
  void queriesAlone() throws IOException {
    JsonNode report = json("-n", "10", "--mode", "query", "-p", "1");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(50, report.at("/requests/query/count").asInt());
    assertEquals(0, report.at("/orders/acknowledged").asInt());
  }

  @Test
  void purchasesAlone() throws IOException {
    JsonNode report = json("-n", "10", "--mode", "buy", "-p", "0");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(0, report.at("/requests/query/count").asInt());
    assertEquals(50, report.at("/requests/buy/count").asInt());
    assertEquals(50, report.at("/orders/correct").asInt());
  }

  @Test
  void aToyThatThereIsNotIsRightlyNotFound() throws IOException {
    JsonNode report = json("-n", "10", "--mode", "unknown");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(50, report.at("/requests/unknown/count").asInt());
    assertEquals(0, report.at("/totals/failures").asInt());
  }

  @Test
  void aStoreThatHasWhatItCannotHaveIsWrong() throws IOException {
    store.hasEverything = true;

    JsonNode report = json("-n", "10", "--mode", "unknown");

    assertEquals(4, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(50, report.at("/requests/unknown/failures/malformed").asInt());
  }

  @Test
  void anotherModeIsRefused() {
    assertEquals(2, run("--mode", "steal"));
    assertTrue(
        err.toString().contains("'steal' is not shop, query, buy or unknown"), err::toString);
  }
}
