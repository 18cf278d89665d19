package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two programs talk when each understands the other. */
class WireVersionTest {
  @Test
  void oneUnderstandsItselfAndProgramsThatSaidNothingYet() {
    assertEquals(Optional.empty(), WireVersion.objection(WireVersion.OURS.toString()));
    assertEquals(Optional.empty(), WireVersion.objection(null));
  }

  @ParameterizedTest
  @CsvSource({
    "3;2, 2, 1, true",
    "2;1, 3, 2, true",
    "3;3, 2, 1, false",
    "1;1, 3, 2, false",
    "2;2, 2, 2, true"
  })
  void aNewerOneTalksToAnOlderWhereItStillUnderstandsIt(
      String said, int speaks, int since, boolean talks) {
    assertEquals(talks, WireVersion.objection(said, speaks, since).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"''", "1", "x;y", "1;1;1", "-1;1", "1234567;1"})
  void whatIsNoVersionIsRefused(String said) {
    assertTrue(WireVersion.objection(said).orElseThrow().contains("no two versions"));
  }
}
