package toystore.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import toystore.model.Order;
import toystore.model.PurchaseRequest;

class HistoryRecorderTest {
  private static final PurchaseRequest REQUEST = new PurchaseRequest("k", "Tux", 2);
  private static final Map<String, ToyStart> TOYS = Map.of("Tux", new ToyStart("Tux", 10, 10));

  private final AtomicLong clock = new AtomicLong();
  private final HistoryRecorder recorder = new HistoryRecorder(clock::getAndIncrement);

  @Test
  void everyAnswerIsRecordedWithItsTimes() {
    HistoryRecorder.RecordedCall buy = recorder.buy(1, REQUEST);
    HistoryRecorder.RecordedCall query = recorder.query(2, "Tux");
    query.quantity(10);
    buy.ordered(0);
    recorder.orderQuery(3, 0).found(new Order(0, "Tux", 2));
    recorder.orderQuery(3, 1).notFound();

    assertEquals(
        List.of(
            Operations.query(2, "Tux", 10, 1, 2),
            Operations.ordered(1, REQUEST, 0, 0, 3),
            Operations.found(3, new Order(0, "Tux", 2), 4, 5),
            Operations.notFound(3, 1, 6, 7)),
        operations());
  }

  @Test
  void purchaseUnderWayAtTheEndIsUnknown() {
    recorder.buy(1, REQUEST);
    recorder.query(1, "Tux");
    assertEquals(false, recorder.toHistory(0, TOYS).complete());

    recorder.stop();

    assertEquals(List.of(Operations.unknown(1, REQUEST, 0)), operations());
    assertEquals(true, recorder.toHistory(0, TOYS).complete());
  }

  @Test
  void queryOfUnknownOutcomeTellsNothing() {
    recorder.query(1, "Tux").unknown();
    recorder.orderQuery(1, 3).unknown();

    assertEquals(List.of(), operations());
  }

  @Test
  void onlyTheFirstAnswerCounts() {
    HistoryRecorder.RecordedCall buy = recorder.buy(1, REQUEST);
    buy.unknown();
    buy.ordered(0);

    assertEquals(List.of(Operations.unknown(1, REQUEST, 0)), operations());
  }

  @Test
  void answerOfAnotherRequestIsABug() {
    HistoryRecorder.RecordedCall query = recorder.query(1, "Tux");

    assertThrows(IllegalStateException.class, () -> query.ordered(0));
  }

  private List<Operation> operations() {
    return recorder.toHistory(0, TOYS).operations();
  }
}
