package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferentKeysTest {
  @Test
  void equalKeysCountOnce() {
    List<String> keys = List.of("a", "b", "a", "c", "a", "b");

    assertEquals(3, DifferentKeys.count(keys::forEach));
  }

  @Test
  void differentKeysWithOneHashCountEach() {
    List<String> keys = List.of("a", "bb", "cc", "bb", "ddd");

    assertEquals(4, DifferentKeys.count(keys::forEach, String::length));
  }

  @Test
  void noneAreNone() {
    assertEquals(0, DifferentKeys.count(use -> {}));
  }

  @Test
  void manyAreCounted() {
    int many = 100_000;
    List<String> keys =
        IntStream.range(0, many).mapToObj(i -> "key-" + i % (many - 7)).toList();

    assertEquals(many - 7, DifferentKeys.count(keys::forEach));
  }
}
