package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssortmentTest {
  private static final PricedToy FOX = new PricedToy("Fox", 700);
  private static final PricedToy OWL = new PricedToy("Owl", 900);

  private final List<String> changed = new ArrayList<>();

  private static ToyRow row(int position, String name, long priceCents, long version) {
    return new ToyRow(position, name, priceCents, 100, 0, 40, version);
  }

  private List<ToyRow> open(List<ToyRow> onDisk, PricedToy... offered) {
    return Assortment.open(onDisk, List.of(offered), 100, toy -> changed.add(toy.name))
        .values()
        .stream()
        .map(ToyStock::row)
        .toList();
  }

  @Test
  void onlyNewToysAndNewPricesAreChanges() {
    List<ToyRow> toys = open(
        List.of(row(0, "Tux", 500, 3), row(1, "Fox", 600, 1), row(2, "Elk", 800, 1)),
        OWL,
        FOX,
        new PricedToy("Tux", 500));

    assertEquals(
        List.of(
            row(0, "Tux", 500, 3),
            row(1, "Fox", 700, 2),
            row(2, "Elk", 800, 1),
            new ToyRow(3, "Owl", 900, 100, 0, 100, 1)),
        toys);
    assertEquals(List.of("Owl", "Fox"), changed);
  }

  @Test
  void aToyIsOfferedOnce() {
    assertThrows(IllegalArgumentException.class, () -> open(List.of(), FOX, OWL, FOX));
    assertThrows(
        IllegalArgumentException.class, () -> open(List.of(row(0, "Fox", 700, 1)), FOX, FOX));
  }
}
