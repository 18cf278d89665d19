package toystore.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.api.Answer;
import toystore.api.Outcome;
import toystore.model.Order;

class VerifierTest {
  private static final Order ORDER = new Order(7, "Fox", 2);

  private final Verifier verifier = new Verifier(new LoadPlan(1, 0.5, List.of("Tux", "Fox")), 2);

  @Test
  void theSameOrderIsRight() {
    assertEquals(Optional.empty(), verifier.judge(ORDER, Answer.ok(new Order(7, "Fox", 2))));
  }

  @Test
  void anyDifferenceIsWrong() {
    assertEquals(BadOrder.OrderFlaw.WRONG, judged(new Order(8, "Fox", 2)));
    assertEquals(BadOrder.OrderFlaw.WRONG, judged(new Order(7, "Tux", 2)));
    assertEquals(BadOrder.OrderFlaw.WRONG, judged(new Order(7, "Fox", 1)));
  }

  @Test
  void notFoundIsLostAndNoAnswerIsNeither() {
    Answer<Order> notFound = Answer.failed(Outcome.NOT_FOUND, "404");
    Answer<Order> silence = Answer.failed(Outcome.TIMEOUT, "too late");

    assertEquals(
        BadOrder.OrderFlaw.LOST, verifier.judge(ORDER, notFound).orElseThrow().kind());
    assertEquals(Optional.empty(), verifier.judge(ORDER, silence));
    assertTrue(Verifier.settles(Outcome.NOT_FOUND));
    assertFalse(Verifier.settles(Outcome.TIMEOUT));
    assertFalse(Verifier.settles(Outcome.UNAVAILABLE));
  }

  @Test
  void anAnswerThatIsNoOrderIsWrongAndSaysWhatCame() {
    Answer<Order> nonsense = Answer.failed(Outcome.MALFORMED, "quantity 0 in {}");

    assertTrue(Verifier.settles(Outcome.MALFORMED));
    assertEquals(
        Optional.of(new BadOrder(BadOrder.OrderFlaw.WRONG, 7, "2 Fox", "quantity 0 in {}")),
        verifier.judge(ORDER, nonsense));
  }

  @Test
  void aNumberGivenTwiceIsFoundWithinAClientAndAcrossClients() {
    OrdersReceived first = book(1, 2, 2);
    OrdersReceived second = book(3, 1, 4);

    List<BadOrder> doubled = verifier.doubled(List.of(first, second));

    assertEquals(List.of(1L, 2L), doubled.stream().map(BadOrder::number).toList());
    assertEquals("2 (client 0: 2 Fox; client 1: 2 Fox)", doubled.get(0).got());
  }

  @Test
  void numbersGivenOnceAreFine() {
    assertEquals(List.of(), verifier.doubled(List.of(book(1, 2), book(3), book())));
  }

  @Test
  void theBookRemembersWhatWasBought() {
    OrdersReceived book = book(5, 6);

    assertEquals(new Order(6, "Fox", 2), verifier.expected(book, 1));
  }

  private BadOrder.OrderFlaw judged(Order got) {
    return verifier.judge(ORDER, Answer.ok(got)).orElseThrow().kind();
  }

  private static OrdersReceived book(long... numbers) {
    OrdersReceived book = new OrdersReceived();
    for (long number : numbers) {
      book.add(number, 1);
    }
    return book;
  }
}
