package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every promise holds after every event, whatever fails, and in the end all is well. */
@Timeout(180)
class SimulationTest {
  private static final long SEEDS = Long.getLong("toystore.seeds", 5_000);
  private static final long FIRST_SEED = Long.getLong("toystore.seed", 1);

  @ParameterizedTest
  @EnumSource
  void everyPromiseIsKeptWhateverFails(Engine engine) throws InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();

    Campaign.Result result =
        new Campaign(engine, Wiring::new, FIRST_SEED, SEEDS).run(cores, done -> {});

    assertNull(result.found(), () -> engine + ": " + result.found());
    // A schedule in which nothing happens proves nothing.
    assertTrue(result.orders() >= 5 * SEEDS, () -> "orders=" + result.orders());
  }

  @ParameterizedTest
  @EnumSource
  void aSeedIsOneHistory(Engine engine) {
    List<String> once = new ArrayList<>();
    List<String> again = new ArrayList<>();

    Campaign.replay(engine, new Wiring(), 5, once::add);
    Campaign.replay(engine, new Wiring(), 5, again::add);

    assertTrue(once.size() > 100);
    assertEquals(once, again);
  }

  @Test
  void eventsOfOneMomentHappenInTheirOrder() {
    Timeline timeline = new Timeline();
    List<String> happened = new ArrayList<>();
    timeline.after(2, () -> happened.add("second"));
    timeline.after(1, () -> {
      happened.add("first");
      timeline.after(1, () -> happened.add("third"));
    });
    timeline.after(3, () -> happened.add("never"));

    timeline.runUntil(2);

    assertEquals(List.of("first", "second", "third"), happened);
    assertEquals(2, timeline.now());
  }
}
