package toystore.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void theMedianIsTheMiddleOneOrBetweenTheMiddleTwo() {
    assertEquals(new Spread(2, 1, 9, 3), Spread.of(List.of(9.0, 1.0, 2.0)));
    assertEquals(new Spread(3, 1, 9, 4), Spread.of(List.of(9.0, 4.0, 1.0, 2.0)));
  }

  @Test
  void nothingHasNoMedian() {
    assertTrue(Spread.of(List.of()).isEmpty());
    assertTrue(Double.isNaN(Spread.of(List.of()).median()));
  }

  @Test
  void spreadsThatTouchOverlap() {
    Spread low = Spread.of(List.of(1.0, 2.0));

    assertTrue(low.overlaps(Spread.of(List.of(2.0, 3.0))));
    assertTrue(Spread.of(List.of(0.0, 9.0)).overlaps(low));
    assertFalse(low.overlaps(Spread.of(List.of(2.1, 3.0))));
    assertFalse(Spread.of(List.of(2.1, 3.0)).overlaps(low));
  }
}
