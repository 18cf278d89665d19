package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverdueTest {
  private final Overdue<String> heads = new Overdue<>(100);

  @Test
  void whatTakesTooLongIsTakenOnceOldestFirst() {
    heads.begin("a", 0);
    heads.begin("b", 30);
    heads.begin("c", 60);

    assertEquals(List.of(), heads.take(99));
    assertEquals(List.of("a", "b"), heads.take(130));
    assertEquals(List.of(), heads.take(159));
    assertEquals(List.of("c"), heads.take(160));
  }

  @Test
  void moreOfItDoesNotProlongItsTime() {
    heads.begin("a", 0);
    heads.begin("a", 90);

    assertEquals(List.of("a"), heads.take(100));
  }

  @Test
  void whatEndedInTimeIsForgottenAndMayBeginAgain() {
    heads.begin("a", 0);
    heads.end("a");
    heads.begin("a", 50);

    assertEquals(List.of(), heads.take(100));
    assertEquals(List.of("a"), heads.take(150));
  }
}
