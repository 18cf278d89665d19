package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CutMeansTest {
  @Test
  void everyMeansIsKnownByItsWord() {
    for (CutMeans means : CutMeans.values()) {
      assertEquals(means, CutMeans.of(means.toString()));
    }
  }

  @Test
  void anotherWordIsAnsweredByThoseThereAre() {
    String message = assertThrows(IllegalArgumentException.class, () -> CutMeans.of("iptables"))
        .getMessage();

    assertEquals("--cuts: 'iptables' is not one of auto, namespaces, lines", message);
  }
}
