package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyHashTest {
  private static final int BITS = 12;
  /** All of one {@link String#hashCode}, because "Aa" and "BB" are. */
  private static final List<String> ALIKE = IntStream.range(0, 1 << BITS)
      .mapToObj(word -> IntStream.range(0, BITS)
          .mapToObj(bit -> (word >> bit & 1) == 0 ? "Aa" : "BB")
          .collect(Collectors.joining()))
      .toList();

  @Test
  void wordsOfOneHashCodeAreSpread() {
    assertEquals(1, ALIKE.stream().map(String::hashCode).distinct().count());

    for (long seed = 0; seed < 20; seed++) {
      KeyHash hash = new KeyHash(seed);
      long places = ALIKE.stream()
          .mapToInt(key -> hash.of(key) & (1 << BITS) - 1)
          .distinct()
          .count();

      // As many keys as places, thrown at random, reach 63% of them.
      assertTrue(places > 0.55 * ALIKE.size(), places + " places with seed " + seed);
    }
  }

  @Test
  void anotherSeedIsAnotherHash() {
    assertNotEquals(new KeyHash(1).of("a-key"), new KeyHash(2).of("a-key"));
  }
}
