package toystore.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  private final KeyTable table = new KeyTable(7);
  private final Random random = new Random(7);

  @Test
  void findsWhatWasAddedAndNothingElse() {
    Map<String, Integer> model = new HashMap<>();

    for (int i = 0; i < 50_000; i++) {
      String key = randomKey();
      assertEquals(model.getOrDefault(key, KeyTable.ABSENT), table.find(key));
      if (!model.containsKey(key)) {
        model.put(key, table.add(key));
      }
    }

    assertEquals(model.size(), table.size());
    model.forEach((key, row) -> assertEquals(row, table.find(key)));
  }

  @Test
  void whoHasTheHashOfAKeyAlreadyFindsAndAddsTheSame() {
    KeyHash hash = new KeyHash(7);
    table.add("a");
    table.add("b", hash.of("b"));

    assertEquals(0, table.find("a", hash.of("a")));
    assertEquals(1, table.find("b"));
    assertEquals(KeyTable.ABSENT, table.find("c", hash.of("c")));
  }

  /** Each addition divides one place: no size is special, and at none may a key be lost. */
  @Test
  void everyKeyIsFoundAtEverySize() {
    for (int size = 1; size <= 600; size++) {
      table.add("key-" + size);
      for (int row = 0; row < size; row++) {
        assertEquals(row, table.find("key-" + (row + 1)));
      }
      assertEquals(KeyTable.ABSENT, table.find("key-" + (size + 1)));
    }
  }

  @Test
  void keysThatShareTheirJavaHashAreApart() {
    int first = table.add("AaAa");
    int second = table.add("BBBB");

    assertEquals(first, table.find("AaAa"));
    assertEquals(second, table.find("BBBB"));
  }

  @Test
  void aKeyOfNoOrTooManyCharactersIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> table.add(""));
    assertThrows(IllegalArgumentException.class, () -> table.add("k".repeat(129)));
    assertEquals(0, table.add("k".repeat(128)));
  }

  @Test
  void aMillionRowsTakeLessThanSeventyMegabytes() {
    for (int i = 0; i < 1_000_000; i++) {
      table.add(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    assertTrue(table.bytes() < 70_000_000, table.bytes() + " bytes");
  }

  private String randomKey() {
    StringBuilder key = new StringBuilder();
    int length = random.nextInt(20) == 0 ? 128 : 1 + random.nextInt(4);
    int letters = random.nextBoolean() ? 26 : 1_000;
    for (int i = 0; i < length; i++) {
      key.append((char) ('a' + random.nextInt(letters)));
    }
    return key.toString();
  }

  @Test
  void aKeyIsGivenBackAsItWasAdded() {
    KeyTable table = new KeyTable(1);
    List<String> keys = List.of("a", "\u00e9\u00ff", "\u4e2d\ud83d\ude00", "k".repeat(128));

    keys.forEach(table::add);

    for (int row = 0; row < keys.size(); row++) {
      assertEquals(keys.get(row), table.keyAt(row));
    }
  }
}
