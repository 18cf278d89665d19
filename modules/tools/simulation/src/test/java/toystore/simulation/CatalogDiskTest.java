package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import toystore.stock.CatalogWrite;
import toystore.stock.LedgerRow;
import toystore.stock.LedgerState;
import toystore.stock.ToyRow;
import toystore.virtualtime.Violation;

class CatalogDiskTest {
  private static final ToyRow FULL = new ToyRow(0, "Tux", 1599, 5, 0, 5, 1);

  private final CatalogDisk disk = new CatalogDisk();

  @BeforeEach
  void holdsOneToy() {
    disk.add(new CatalogWrite(1, List.of(FULL), 0, List.of(), List.of(), Map.of()), () -> {});
    disk.commit(1);
  }

  @Test
  void aHoldWhoseToyIsNotWrittenBreaksTheBooks() {
    disk.add(hold(List.of()), () -> {});

    assertThrows(Violation.class, () -> disk.commit(1));
  }

  @Test
  void atRestWhatIsOrderedIsSold() {
    ToyRow rest = new ToyRow(0, "Tux", 1599, 5, 0, 3, 2);
    disk.add(hold(List.of(rest)), () -> {});
    disk.add(new CatalogWrite(3, List.of(), 1, List.of(), List.of(0), Map.of()), () -> {});
    disk.commit(2);

    disk.checkAtRest(Map.of("Tux", 2L));

    assertThrows(Violation.class, () -> disk.checkAtRest(Map.of("Tux", 1L)));
    assertThrows(Violation.class, () -> disk.checkAtRest(Map.of()));
  }

  private static CatalogWrite hold(List<ToyRow> toys) {
    LedgerRow held = new LedgerRow("k", "Tux", 2, LedgerState.HELD);
    return new CatalogWrite(2, toys, 0, List.of(held), List.of(), Map.of());
  }
}
