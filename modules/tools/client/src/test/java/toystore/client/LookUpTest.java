package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders that are not as acknowledged are named, whatever else is wrong. */
class LookUpTest extends AgainstFakeStore {
  @Test
  void aChangedOrderIsNamed() {
    store.corrupted.put(3L, order -> order.put("quantity", 7));

    assertEquals(1, run("-n", "20", "-p", "1"), this::everything);
    assertTrue(
        out.toString().matches("(?s).*WRONG +order 3: expected 1 .*, got order 3: 7 .*"),
        this::everything);
  }

  @Test
  void anOrderUnderAnotherNumberIsWrong() {
    store.corrupted.put(3L, order -> order.put("number", 4));

    assertEquals(1, run("-n", "20", "-p", "1"), this::everything);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'data':{'number':3,'name':'Tux','quantity':0}}",
        "{'data':{'number':3,'quantity':1}}",
        "{'data':{'name':'Tux','quantity':1}}",
        "{'data':null}",
        "Tux",
        ""
      })
  void anAnswerThatIsNoOrderIsNamedAtOnce(String body) throws IOException {
    String answer = body.replace('\'', '"');
    store.unreadable.put(3L, answer);

    JsonNode report = json("-c", "2", "-n", "10", "-p", "1");

    assertEquals(1, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(20, report.at("/orders/lookedUp").asInt(), report::toPrettyString);
    assertEquals(19, report.at("/orders/correct").asInt());
    assertEquals(0, report.at("/totals/repeats").asInt(), "200 is the store's word");
    assertEquals(1, report.at("/orders/findings").size());
    JsonNode finding = report.at("/orders/findings/0");
    assertEquals("wrong", finding.at("/kind").asText());
    assertEquals(3, finding.at("/number").asInt());
    assertTrue(finding.at("/expected").asText().startsWith("1 "), report::toPrettyString);
    assertTrue(finding.at("/got").asText().endsWith(" in " + answer), finding::toString);
  }

  @Test
  void anOrderThatCannotBeReadDoesNotHideTheOthers() throws IOException {
    store.crashing.add(3L);
    store.corrupted.put(7L, order -> null);

    JsonNode report = json("-c", "1", "-n", "10", "-p", "1", "--retry-for", "100ms");

    assertEquals(1, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(9, report.at("/orders/lookedUp").asInt());
    assertEquals(7, report.at("/orders/findings/0/number").asInt());
  }

  @Test
  void aLostOrderIsNamed() {
    store.corrupted.put(5L, order -> null);

    assertEquals(1, run("-n", "20", "-p", "1"), this::everything);
    assertTrue(
        out.toString().matches("(?s).*LOST +order 5: expected 1 .*, got 404 no order 5.*"),
        this::everything);
  }

  @Test
  void aNumberGivenTwiceIsWrong() throws IOException {
    store.repeatsNumbers = true;
    store.stock.keySet().retainAll(List.of("Tux"));

    JsonNode report = json("-c", "2", "-n", "1", "-p", "1");

    assertEquals(1, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(1, report.at("/orders/doubled").asInt());
    assertEquals("doubled", report.at("/orders/findings/0/kind").asText());
  }

  @Test
  void ordersThatCannotBeLookedUpAreNotGood() throws IOException {
    store.orderQueriesFail = true;

    JsonNode report = json("-c", "1", "-n", "5", "-p", "1", "--retry-for", "100ms");

    assertEquals(4, report.at("/exitCode").asInt(), report::toPrettyString);
    assertEquals(5, report.at("/orders/unverified").asInt());
    assertEquals(0, report.at("/orders/lost").asInt(), "no answer is no proof");
  }

  @Test
  void withoutVerifyingNoOrderIsLookedUp() throws IOException {
    store.orderQueriesFail = true;

    JsonNode report = json("-c", "1", "-n", "5", "-p", "1", "--no-verify");

    assertEquals(0, report.at("/exitCode").asInt(), report::toPrettyString);
    assertTrue(report.at("/requests/order").isMissingNode());
  }

  @Test
  void theWarmUpIsNotCountedButItsOrdersAreVerified() throws IOException {
    store.corrupted.put(0L, order -> null);

    JsonNode report = json("-c", "2", "-n", "5", "--warmup", "10", "-p", "1");

    assertEquals(10, report.at("/iterations").asInt());
    assertEquals(10, report.at("/requests/buy/count").asInt());
    assertEquals(30, report.at("/orders/acknowledged").asInt());
    assertEquals(1, report.at("/orders/lost").asInt());
  }
}
