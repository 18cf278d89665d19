package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StockRoomTest {
  private static final int TOYS = 20;

  private final Map<String, ToyStock> toys = new LinkedHashMap<>();
  private StockRoom room;

  private void fill(int stock) {
    for (int position = 0; position < TOYS; position++) {
      String name = "toy-" + position;
      toys.put(name, new ToyStock(new ToyRow(position, name, 1, stock, 0, stock, 1)));
    }
    room = new StockRoom(toys, new WriteDraft(), 100, push -> {});
  }

  /** What is kept up to date is what a look at all toys would find. */
  @Test
  void stockAndScarceToysAreThoseOfAllToys() {
    fill(3);
    Random random = new Random(1);
    for (int act = 0; act < 500; act++) {
      ToyStock toy = room.find("toy-" + random.nextInt(TOYS));
      if (random.nextInt(30) == 0) {
        List<ToyStock> empty =
            toys.values().stream().filter(ToyStock::isSoldOut).toList();
        List<ToyStock> restocked = room.restock(3, act).stream()
            .sorted(Comparator.comparing(each -> each.position))
            .toList();
        assertEquals(empty, restocked);
      } else if (toy.has(1)) {
        room.take(toy, 1, act, act);
      }

      assertEquals(toys.values().stream().mapToLong(ToyStock::newestStock).sum(), room.stock());
      List<ToyRow> sorted = toys.values().stream()
          .map(ToyStock::row)
          .sorted(Comparator.comparingLong(ToyRow::stock).thenComparing(ToyRow::position))
          .toList();
      assertEquals(sorted.subList(0, 5), room.scarcest(5));
      assertEquals(sorted, room.scarcest(TOYS + 1));
    }
  }

  @Test
  void whatWasSoldOutBeforeAStartIsRestocked() {
    fill(0);

    assertEquals(TOYS, room.restock(3, 0).size());
    assertEquals(3 * TOYS, room.stock());
  }
}
