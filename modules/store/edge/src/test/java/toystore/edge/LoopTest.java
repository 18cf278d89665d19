package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class LoopTest {
  private static final Duration A_MOMENT = Duration.ofMillis(2);

  @Test
  void aTimerFiresOnItsLoopAndNotBeforeItsTime(Vertx vertx, VertxTestContext test) {
    vertx.runOnContext(go -> {
      Context context = Vertx.currentContext();
      Loop loop = Loop.current(vertx);
      long start = loop.nanos();
      loop.after(
          A_MOMENT,
          () -> test.verify(() -> {
            assertSame(context, Vertx.currentContext());
            assertTrue(loop.nanos() - start >= A_MOMENT.toNanos());
            test.completeNow();
          }));
    });
  }

  @Test
  void aCancelledTimerFiresNoMore(Vertx vertx, VertxTestContext test) {
    vertx.runOnContext(go -> {
      Loop loop = Loop.current(vertx);
      loop.after(A_MOMENT, () -> test.failNow("it fired")).cancel();
      loop.after(A_MOMENT.multipliedBy(4), test::completeNow);
    });
  }

  @Test
  void aPeriodicTimerFiresUntilItIsCancelled(Vertx vertx, VertxTestContext test) {
    List<Loop.Timer> timer = new ArrayList<>();
    List<Long> fired = new ArrayList<>();
    vertx.runOnContext(go -> {
      Loop loop = Loop.current(vertx);
      timer.add(loop.every(A_MOMENT, () -> {
        fired.add(loop.nanos());
        if (fired.size() == 3) {
          timer.get(0).cancel();
          loop.after(
              A_MOMENT.multipliedBy(4),
              () -> test.verify(() -> {
                assertEquals(3, fired.size());
                test.completeNow();
              }));
        }
      }));
    });
  }

  @Test
  void aTimerSetOffTheLoopIsABug(Vertx vertx) {
    Loop loop = Loop.current(vertx);

    assertThrows(IllegalStateException.class, () -> loop.after(A_MOMENT, () -> {}));
  }

  @Test
  void whatIsExecutedRunsInALaterTurn(Vertx vertx, VertxTestContext test) {
    vertx.runOnContext(go -> {
      List<String> order = new ArrayList<>();
      Loop loop = Loop.current(vertx);
      loop.execute(() -> order.add("later"));
      loop.execute(() -> test.verify(() -> {
        assertEquals(List.of("now", "later"), order);
        test.completeNow();
      }));
      order.add("now");
    });
  }
}
