package toystore.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.disk.OldRowsPass.Chunk;
import toystore.disk.SealedRows.Extent;

class OldRowsPassTest {
  private static final List<Extent> RUNS = List.of(new Extent(8, 80), new Extent(12, 120));

  @Test
  void eachRowIsReadOnceAndNoChunkIsOfTwoRuns() {
    OldRowsPass pass = new OldRowsPass(RUNS, 5);
    List<Chunk> chunks = new ArrayList<>();
    while (!pass.isOver()) {
      Chunk chunk = pass.next();
      chunks.add(chunk);
      assertTrue(pass.read(10 * (chunk.end() - chunk.first())));
    }

    assertEquals(List.of(new Chunk(0, 5), new Chunk(5, 8), new Chunk(8, 12)), chunks);
  }

  @Test
  void damageIsFoundAtTheEndOfItsRun() {
    OldRowsPass pass = new OldRowsPass(RUNS, 5);

    assertTrue(pass.read(51));
    assertFalse(pass.read(30));
  }

  @Test
  void nothingSealedIsNothingToRead() {
    assertTrue(new OldRowsPass(List.of(), 5).isOver());
  }

  @Test
  void whoTakesTwoPercentRestsFortyNineTimesAsLongAsHeWorks() {
    assertEquals(49, new Pace(2).pauseMs(1_000_000));
    assertEquals(0, new Pace(100).pauseMs(1_000_000));
    assertThrows(IllegalArgumentException.class, () -> new Pace(0));
    assertThrows(IllegalArgumentException.class, () -> new Pace(101));
  }
}
