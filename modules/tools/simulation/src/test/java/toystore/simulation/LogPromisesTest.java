package toystore.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.PurchaseRequest;
import toystore.replication.Entry;

class LogPromisesTest {
  private static final PurchaseRequest TUX = new PurchaseRequest("k1", "Tux", 1);
  private static final PurchaseRequest FOX = new PurchaseRequest("k2", "Fox", 2);

  @Test
  void anOrderIsThereWhateverTermItsEntryIsOf() {
    List<PurchaseRequest> committed =
        LogPromises.ordersOf(List.of(), List.of(Entry.of(1, 2048, TUX), Entry.of(2, 2048, FOX)));

    List<PurchaseRequest> elsewhere = LogPromises.ordersOf(
        List.of(Entry.of(1, 2048, TUX)), List.of(Entry.noOp(2, 1024), Entry.of(3, 1024, FOX)));

    assertEquals(committed, elsewhere);
  }

  @Test
  void aPurchaseThatIsThereTwiceIsOneOrder() {
    assertEquals(
        List.of(TUX, FOX),
        LogPromises.ordersOf(
            List.of(Entry.of(1, 1024, TUX)),
            List.of(Entry.of(2, 2048, TUX), Entry.of(3, 2048, FOX))));
  }
}
