package toystore.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Chain;
import toystore.model.PurchaseRequest;

class EntryTest {
  private static final PurchaseRequest TUX = new PurchaseRequest("k", "Tux", 1);

  private final Chain chain = new Chain();

  @Test
  void theSameEntryAfterTheSameLinkHasTheSameLink() {
    assertEquals(
        Entry.of(3, 2048, TUX).link(chain, 7), Entry.of(3, 2048, TUX).link(new Chain(), 7));
  }

  @Test
  void whateverDiffersGivesAnotherLink() {
    long link = Entry.of(3, 2048, TUX).link(chain, 7);

    List<Entry> others = List.of(
        Entry.of(4, 2048, TUX),
        Entry.of(3, 2049, TUX),
        Entry.of(3, 2048, new PurchaseRequest("l", "Tux", 1)),
        Entry.of(3, 2048, new PurchaseRequest("k", "Uno", 1)),
        Entry.of(3, 2048, new PurchaseRequest("k", "Tux", 2)),
        Entry.noOp(3, 2048));

    others.forEach(other -> assertNotEquals(link, other.link(chain, 7), other::toString));
    assertNotEquals(link, Entry.of(3, 2048, TUX).link(chain, 8));
  }
}
