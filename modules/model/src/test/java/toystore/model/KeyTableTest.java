package toystore.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyTableTest {
  @Test
  void findsWhatWasAddedAndNothingElse() {
    KeyTable table = new KeyTable(7);
    Map<String, Integer> model = new HashMap<>();
    Random random = new Random(7);

    for (int i = 0; i < 50_000; i++) {
      String key = randomKey(random);
      assertEquals(model.getOrDefault(key, KeyTable.ABSENT), table.find(key));
      if (!model.containsKey(key)) {
        model.put(key, table.add(key));
      }
    }

    assertEquals(model.size(), table.size());
    model.forEach((key, row) -> assertEquals(row, table.find(key)));
  }

  @Test
  void keysThatShareTheirJavaHashAreApart() {
    KeyTable table = new KeyTable(7);

    int first = table.add("AaAa");
    int second = table.add("BBBB");

    assertEquals(first, table.find("AaAa"));
    assertEquals(second, table.find("BBBB"));
  }

  @Test
  void aKeyOfNoOrTooManyCharactersIsRefused() {
    KeyTable table = new KeyTable(7);

    assertThrows(IllegalArgumentException.class, () -> table.add(""));
    assertThrows(IllegalArgumentException.class, () -> table.add("k".repeat(129)));
    assertEquals(0, table.add("k".repeat(128)));
  }

  @Test
  void aMillionRowsTakeLessThanEightyMegabytes() {
    Ledger ledger = new Ledger(7);
    Random random = new Random(7);
    for (int i = 0; i < 1_000_000; i++) {
      String key = new UUID(random.nextLong(), random.nextLong()).toString();
      ledger.add(new LedgerRow(key, "Tux", 1, LedgerState.SOLD), 0, 0);
    }

    assertTrue(ledger.bytes() < 80_000_000, ledger.bytes() + " bytes");
  }

  private static String randomKey(Random random) {
    StringBuilder key = new StringBuilder();
    int length = random.nextInt(20) == 0 ? 128 : 1 + random.nextInt(4);
    int letters = random.nextBoolean() ? 26 : 1_000;
    for (int i = 0; i < length; i++) {
      key.append((char) ('a' + random.nextInt(letters)));
    }
    return key.toString();
  }
}
