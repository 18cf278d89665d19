package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.StoreError;
import toystore.model.StoreException;

class BatcherTest {
  private final List<List<Integer>> sent = new ArrayList<>();
  private final List<Promise<List<String>>> replies = new ArrayList<>();
  private final HandTurnedLoop loop = new HandTurnedLoop();
  private final Batcher<Integer, String> batcher = batcher(3, 1, 5);

  @Test
  void theFirstLeavesAtOnce() {
    batcher.add(1);

    assertEquals(List.of(List.of(1)), sent);
  }

  @Test
  void whatArrivesMeanwhileGoesInTheNext() {
    batcher.add(1);
    Future<String> second = batcher.add(2);
    Future<String> third = batcher.add(3);
    assertEquals(1, sent.size());

    replies.get(0).complete(List.of("one"));
    assertEquals(List.of(List.of(1), List.of(2, 3)), sent);
    replies.get(1).complete(List.of("two", "three"));

    assertEquals("two", second.result());
    assertEquals("three", third.result());
  }

  @Test
  void aRequestCarriesAtMostItsLimit() {
    for (int i = 0; i < 6; i++) {
      batcher.add(i);
    }

    replies.get(0).complete(List.of("0"));

    assertEquals(List.of(List.of(0), List.of(1, 2, 3)), sent);
    assertEquals(5, batcher.pending());
  }

  @Test
  void tooManyThatWaitAreRefused() {
    for (int i = 0; i < 6; i++) {
      assertFalse(batcher.add(i).failed());
    }

    Future<String> oneTooMany = batcher.add(6);

    assertEquals(StoreError.UNAVAILABLE, ((StoreException) oneTooMany.cause()).error());
  }

  @Test
  void aFailedRequestFailsItsItemsOnly() {
    Future<String> first = batcher.add(1);
    Future<String> second = batcher.add(2);
    Throwable failure = new IllegalStateException("broken");

    replies.get(0).fail(failure);
    replies.get(1).complete(List.of("two"));

    assertSame(failure, first.cause());
    assertEquals("two", second.result());
  }

  @Test
  void answersThatDoNotMatchTheItemsFailThem() {
    Future<String> first = batcher.add(1);

    replies.get(0).complete(List.of("one", "two"));

    assertTrue(first.cause() instanceof IllegalStateException);
  }

  @Test
  void closingFailsAllThatWaitsOrIsUnderWay() {
    Future<String> underWay = batcher.add(1);
    Future<String> waiting = batcher.add(2);
    Throwable lost = new IllegalStateException("leader lost");

    batcher.close(lost);
    replies.get(0).complete(List.of("late"));

    assertSame(lost, underWay.cause());
    assertSame(lost, waiting.cause());
    assertSame(lost, batcher.add(3).cause());
    assertEquals(1, sent.size());
  }

  @Test
  void severalMayBeUnderWay() {
    Batcher<Integer, String> wide = batcher(2, 2, 5);

    wide.add(1);
    wide.add(2);
    wide.add(3);

    assertEquals(List.of(List.of(1), List.of(2)), sent);
  }

  @Test
  void oneThatGathersWaitsForThoseWhoWereJustAnswered() {
    Batcher<Integer, String> gathering = answeredThreeTimes();

    gathering.add(7);
    assertEquals(3, sent.size());
    gathering.add(8);

    assertEquals(List.of(7, 8), sent.get(3));
  }

  @Test
  void oneThatGathersStopsWaitingInTime() {
    Batcher<Integer, String> gathering = answeredThreeTimes();
    gathering.add(7);

    loop.turnAt(Duration.ofMillis(200));

    assertEquals(List.of(7), sent.get(3));
  }

  @Test
  void nobodyIsWaitedForAfterARequestThatFailed() {
    Batcher<Integer, String> gathering = answeredThreeTimes();
    gathering.add(7);
    gathering.add(8);
    replies.get(3).fail("leader lost");

    gathering.add(9);

    assertEquals(List.of(9), sent.get(4));
  }

  @Test
  void nothingLeavesOneThatWasClosedWhileItGathered() {
    Batcher<Integer, String> gathering = answeredThreeTimes();
    Future<String> waiting = gathering.add(7);
    Throwable lost = new IllegalStateException("leader lost");

    gathering.close(lost);
    loop.turnAt(Duration.ofMillis(200));

    assertSame(lost, waiting.cause());
    assertEquals(3, sent.size());
  }

  /** Two who ask in turn, and have just been answered for the third time. */
  private Batcher<Integer, String> answeredThreeTimes() {
    Batcher<Integer, String> gathering = batcher(3, 1, 5).gathering(loop, 3);
    gathering.add(1);
    gathering.add(2);
    for (int trip = 0; trip < 3; trip++) {
      loop.timeIs(Duration.ofMillis(40 * (trip + 1)));
      int size = sent.get(trip).size();
      replies.get(trip).complete(Collections.nCopies(size, "answer"));
      for (int again = 0; trip < 2 && again < size; again++) {
        gathering.add(again);
      }
    }
    return gathering;
  }

  private Batcher<Integer, String> batcher(int maxBatch, int maxInFlight, int maxWaiting) {
    return new Batcher<>(maxBatch, maxInFlight, maxWaiting, questions -> {
      sent.add(questions);
      Promise<List<String>> reply = Promise.promise();
      replies.add(reply);
      return reply.future();
    });
  }
}
