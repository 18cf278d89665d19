package toystore.virtualtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private final Timeline timeline = new Timeline();
  private final List<String> happened = new ArrayList<>();

  @Test
  void eventsOfOneMomentHappenInTheirOrder() {
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

  @Test
  void whatIsFarAheadHappensInItsTime() {
    timeline.after(5_000, () -> happened.add("at " + timeline.now()));

    timeline.runUntil(10_000);

    assertEquals(List.of("at 5000"), happened);
  }

  @Test
  void aProcessDoesNothingOfAnEarlierLife() {
    VirtualProcess process = new Lives();
    process.start();
    process.after(3, () -> happened.add("first life"));
    process.crash();
    process.start();
    process.after(4, () -> happened.add("second life"));

    timeline.runUntil(9);

    assertEquals(List.of("second life"), happened);
  }

  @Test
  void aProcessThatHangsGoesOnWithWhatHasCome() {
    VirtualProcess process = new Lives();
    process.start();
    process.pause();
    process.receive(() -> happened.add("a request"));
    process.after(1, () -> happened.add("a timer"));
    timeline.runUntil(2);
    happened.add("goes on");

    process.resume();

    assertEquals(List.of("goes on", "a request", "a timer"), happened);
  }

  @Test
  void whatIsCutOrLostDoesNotArrive() {
    Links links = new Links(timeline, new Chance(1), new Links.Weather(50, 0, 0, 1), 2);
    links.cut(0, 1);
    for (int i = 0; i < 100; i++) {
      links.carry(0, 1, () -> happened.add("cut"), () -> {});
      links.carry(1, 0, () -> happened.add("arrives"), () -> happened.add("lost"));
    }
    timeline.runUntil(10);

    int arrived = happened.size() - happened.indexOf("arrives");
    assertEquals(100, happened.size());
    assertEquals(List.of("lost", "arrives"), happened.stream().distinct().toList());
    assertEquals(true, arrived > 20 && arrived < 80, () -> "arrived=" + arrived);
  }

  private final class Lives extends VirtualProcess {
    Lives() {
      super(timeline);
    }

    @Override
    protected void started() {}

    @Override
    protected void stopped() {}
  }
}
