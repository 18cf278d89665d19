package toystore.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.PurchaseRequest;

class UnderWayTest {
  private static final int MAX_BATCH = 512;
  /** What a service takes in one call. */
  private static final int MAX_BODY_BYTES = 32 << 20;
  /** How long JSON may write a character: "\u0001". */
  private static final int LONGEST_CHARACTER = 6;

  private final UnderWay underWay = new UnderWay();

  @Test
  void aBatchFitsInACallHoweverLongItsNamesAre() {
    String longest = "\1".repeat(PurchaseRequest.MAX_NAME_LENGTH);
    for (int i = 0; i < MAX_BATCH; i++) {
      underWay.addQueued(new PurchaseRequest("k" + i, longest, 1)).seen(1);
    }

    List<PurchaseRequest> taken = new ArrayList<>();
    while (underWay.hasQueued()) {
      List<PurchaseRequest> batch = underWay.takeBatch(MAX_BATCH);
      long characters = batch.stream()
          .mapToLong(each -> each.key().length() + each.name().length())
          .sum();
      assertTrue(characters * LONGEST_CHARACTER < MAX_BODY_BYTES, () -> characters + "");
      taken.addAll(batch);
    }

    assertEquals(MAX_BATCH, taken.size());
    assertEquals("k0", taken.get(0).key());
  }
}
