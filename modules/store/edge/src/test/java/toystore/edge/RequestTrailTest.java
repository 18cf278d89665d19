package toystore.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import toystore.model.PurchaseRequest;

class RequestTrailTest {
  private static final PurchaseRequest ONE = new PurchaseRequest("k1", "Tux", 1);
  private static final PurchaseRequest TWO = new PurchaseRequest("k2", "Fox", 2);
  private static final List<PurchaseRequest> BOTH = List.of(ONE, TWO);

  private final RequestTrail here = new RequestTrail(true);
  private final RequestTrail there = new RequestTrail(true);

  @Test
  void anIdGoesWithItsPurchase() {
    here.note("k1", "first");
    here.note("k2", "second");

    there.read(here.header(BOTH), BOTH);

    assertEquals("first", there.of("k1"));
    assertEquals("second", there.of("k2"));
  }

  @Test
  void aPurchaseWithoutAnIdDoesNotTakeThatOfAnother() {
    here.note("k2", "second");
    List<PurchaseRequest> entries = Arrays.asList(null, ONE, TWO);

    there.read(here.header(entries), entries);

    assertEquals("", there.of("k1"));
    assertEquals("second", there.of("k2"));
  }

  @Test
  void withoutIdsThereIsNoHeader() {
    assertNull(here.header(BOTH));
  }

  @Test
  void aMessageOfAProcessThatKnowsNoIdsBringsNone() {
    there.read(null, BOTH);

    assertEquals("", there.of("k1"));
  }

  @Test
  void anIdThatCouldForgeALogIsNotTakenFromAMessageEither() {
    there.read("a b,good,", BOTH);

    assertEquals("", there.of("k1"));
    assertEquals("good", there.of("k2"));
  }

  @Test
  void aHeaderOfTheWrongLengthDoesNoHarm() {
    there.read("first", BOTH);
    there.read("first,second,third,", List.of(ONE));

    assertEquals("first", there.of("k1"));
    assertEquals("", there.of("k2"));
  }

  @Test
  void aHeaderIsNeverTooLongForAServer() {
    List<PurchaseRequest> batch = IntStream.range(0, 512)
        .mapToObj(i -> new PurchaseRequest("k" + i, "Tux", 1))
        .toList();
    batch.forEach(purchase -> here.note(purchase.key(), "x".repeat(120) + purchase.key()));

    String header = here.header(batch);
    there.read(header, batch);

    assertTrue(header.length() <= 4_096, () -> header.length() + " characters");
    assertEquals("x".repeat(120) + "k20", there.of("k20"));
    assertEquals("", there.of("k511"));
  }

  @Test
  void theOldestAreForgotten() {
    here.note("k1", "first");
    for (int i = 0; i < 20_000; i++) {
      here.note("more-" + i, "id");
    }
    here.note("k2", "last");

    assertEquals("", here.of("k1"));
    assertEquals("last", here.of("k2"));
  }

  @Test
  void whereNobodyReadsItNothingIsKept() {
    RequestTrail off = new RequestTrail(false);

    off.note("k1", "first");
    off.read("first,", BOTH);

    assertEquals("", off.of("k1"));
    assertNull(off.header(BOTH));
  }
}
