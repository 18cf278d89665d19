package toystore.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.model.Order;

class AnswerReaderTest {
  @Test
  void goodAnswersAreRead() {
    assertEquals(
        List.of(stock("Tux", 0), stock("Fox", 7)),
        AnswerReader.products(
                200,
                json("{'data':[{'name':'Tux','quantity':0},{'name':'Fox','quantity':7,'new':1}]}"))
            .value());
    assertEquals(
        stock("Tux", 100),
        AnswerReader.product(200, json("{'data':{'name':'Tux','quantity':100}}"), "Tux")
            .value());
    assertEquals(
        0, AnswerReader.orderNumber(200, json("{'data':{'order_number':0}}")).value());
    assertEquals(
        new Order(3, "Tux", 2),
        AnswerReader.order(200, json("{'data':{'number':3,'name':'Tux','quantity':2}}"))
            .value());
  }

  @ParameterizedTest
  @CsvSource({
    "404, NOT_FOUND",
    "409, REFUSED",
    "503, UNAVAILABLE",
    "400, REJECTED",
    "422, REJECTED",
    "500, STATUS",
    "302, STATUS",
    "201, STATUS"
  })
  void otherStatusesAreOutcomes(int status, Outcome outcome) {
    Answer<Long> answer =
        AnswerReader.orderNumber(status, json("{'error':{'code':1,'message':'why'}}"));

    assertEquals(outcome, answer.outcome());
    assertEquals(status + " why", answer.detail());
    assertEquals(status, answer.status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "{}",
        "[]",
        "{'data':null}",
        "{'data':{}}",
        "{'data':{'order_number':'7'}}",
        "{'data':{'order_number':7.5}}",
        "{'data':{'order_number':-1}}",
        "{'data':{'order_number':99999999999999999999}}",
        "{'data':{'order_number':1,'order_number':2}}"
      })
  void whatTheApiDoesNotAllowIsMalformed(String body) {
    assertEquals(Outcome.MALFORMED, AnswerReader.orderNumber(200, json(body)).outcome());
  }

  @Test
  void anAnswerAboutAnotherToyIsMalformed() {
    Answer<ToyAvailability> answer =
        AnswerReader.product(200, json("{'data':{'name':'Fox','quantity':1}}"), "Tux");

    assertEquals(Outcome.MALFORMED, answer.outcome());
  }

  @Test
  void theLeaderIsReadWithAndWithoutEnvelope() {
    assertEquals(
        new LeaderName("3", "5.1"),
        AnswerReader.leader(200, json("{'leader':3,'epoch':'5.1'}")).value());
    assertEquals(
        new LeaderName("none", ""),
        AnswerReader.leader(200, json("{'data':{'leader':null}}")).value());
    assertEquals(
        new LeaderName("1", "4.0", List.of("desk-2", "desk-1")),
        AnswerReader.leader(
                200,
                json("{'data':{'leader':1,'epoch':'4.0','desks':[{'service':'desk-2'},"
                    + "{'service':'desk-1','role':'leader'}]}}"))
            .value());
    assertTrue(AnswerReader.leader(404, json("")).outcome().isFailure());
    assertTrue(AnswerReader.leader(200, json("<html>")).outcome().isFailure());
  }

  private static ToyAvailability stock(String name, long units) {
    return new ToyAvailability(name, units, ToyAvailability.Source.UNKNOWN);
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }
}
