package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RhythmTest {
  private static final long MS = 1_000_000;
  private static final Rhythm HOURLY = new Rhythm(30_000, new Pace(2), 3_600_000);

  @Test
  void betweenPiecesItRestsAtItsPace() {
    assertEquals(49, HOURLY.restMs(true, MS));
    assertEquals(4_900, HOURLY.restMs(true, 100 * MS));
  }

  /** What takes no time that can be measured, or is nothing, would else be read without rest. */
  @Test
  void itRestsAlways() {
    assertEquals(1, HOURLY.restMs(true, 0));
    assertEquals(1, new Rhythm(0, new Pace(100), 0).restMs(true, 100 * MS));
    assertEquals(1, new Rhythm(0, new Pace(100), 0).restMs(false, 0));
  }

  @Test
  void behindTheLastPieceItRestsUntilTheNextTime() {
    assertEquals(3_600_000, HOURLY.restMs(false, 100 * MS));
    assertEquals(Rhythm.NEVER, Rhythm.once(30_000, new Pace(2)).restMs(false, 100 * MS));
  }

  @Test
  void aTimeIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new Rhythm(-2, new Pace(2), 0));
    assertThrows(IllegalArgumentException.class, () -> new Rhythm(0, new Pace(2), -2));
  }
}
