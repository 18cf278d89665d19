package toystore.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SoldUnitsTest {
  private static final byte[] NONE = {};

  @Test
  void whatIsAddedIsThere() throws IOException {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      SortedMap<String, Long> expected = new TreeMap<>();
      byte[] bytes = NONE;
      for (int step = 0; step < 5; step++) {
        SortedMap<String, Long> more = some(random);
        more.forEach((toy, units) -> expected.merge(toy, units, Long::sum));
        bytes = SoldUnits.plus(bytes, more);

        assertEquals(expected, SoldUnits.read(bytes), "seed " + seed);
      }
    }
  }

  private static SortedMap<String, Long> some(Random random) {
    SortedMap<String, Long> some = new TreeMap<>();
    for (int toys = random.nextInt(8); toys > 0; toys--) {
      some.put("toy \ud83e\uddf8 \u0000" + random.nextInt(12), 1L + random.nextInt(1_000_000_000));
    }
    return some;
  }

  @Test
  void noBytesAreNoToys() throws IOException {
    assertEquals(Map.of(), SoldUnits.read(NONE));
    assertEquals(Map.of(), SoldUnits.read(SoldUnits.plus(NONE, new TreeMap<>())));
  }

  /** Runs of before must be read as they were written. */
  @Test
  void theBytesAreWhatTheyWere() throws IOException {
    byte[] expected = {0, 0, 0, 1, 0, 3, 'T', 'u', 'x', 0, 0, 0, 0, 0, 0, 1, 2};

    assertArrayEquals(expected, SoldUnits.plus(NONE, new TreeMap<>(Map.of("Tux", 258L))));
  }
}
