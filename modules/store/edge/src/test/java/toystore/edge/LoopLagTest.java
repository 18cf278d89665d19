package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopLagTest {
  private final Timer late = new SimpleMeterRegistry().timer("late");
  private final HandTurnedLoop loop = new HandTurnedLoop();
  private final Loop.Timer watch = LoopLag.watch(loop, late);

  @Test
  void aTurnThatComesInTimeIsNotLate() {
    loop.turnAt(Duration.ofMillis(100));
    loop.turnAt(Duration.ofMillis(200));

    assertEquals(2, late.count());
    assertEquals(0, late.max(TimeUnit.MILLISECONDS));
  }

  @Test
  void aTurnIsAsLateAsTheLoopWasBusy() {
    loop.turnAt(Duration.ofMillis(130));
    loop.turnAt(Duration.ofMillis(235));

    assertEquals(35, late.totalTime(TimeUnit.MILLISECONDS));
    assertEquals(30, late.max(TimeUnit.MILLISECONDS));
  }

  @Test
  void afterItsEndNothingIsMeasured() {
    watch.cancel();

    loop.turnAt(Duration.ofMillis(200));

    assertEquals(0, late.count());
  }
}
