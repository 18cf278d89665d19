package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LongListTest {
  private final LongList list = new LongList();

  @Test
  void hasWhatWasAddedAndSet() {
    for (int i = 0; i < 50_000; i++) {
      list.add(-3L * i);
      assertEquals(i + 1, list.size());
    }
    list.set(8_191, 1);
    list.set(8_192, 2);

    for (int i = 0; i < list.size(); i++) {
      long expected = i == 8_191 ? 1 : i == 8_192 ? 2 : -3L * i;
      assertEquals(expected, list.get(i));
    }
    assertTrue(list.bytes() < 50_000 * 8 + (1 << 16), list.bytes() + " bytes");
  }

  @Test
  void whatIsNotThereIsNeitherReadNorSet() {
    list.add(1);

    assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> list.set(1, 0));
  }
}
