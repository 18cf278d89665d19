package toystore.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.stock.CatalogMessages.Verified;
import toystore.stock.CatalogOptions.CatalogBounds;
import toystore.stock.CatalogOptions.Leases;
import toystore.stock.CatalogOptions.Remembering;
import toystore.stock.CatalogOptions.Restocking;

/** What the catalog knows of the leaders' orders, across restarts and offices. */
class WitnessTest {
  private final CoreRig rig = new CoreRig();

  private Fenced fenced(long epoch, long office) {
    long token = rig.askFence(epoch, office);
    rig.commit();
    return (Fenced) rig.answer(token);
  }

  private Claim claim(long epoch, Mark mark) {
    return new Claim(epoch, rig.claim(epoch).incarnation(), mark);
  }

  private long settle(Claim claim, String... keys) {
    return rig.ask((token, now) -> rig.core.settle(token, claim, List.of(keys), now));
  }

  @Test
  void theHighestMarkThatALeaderTellsSurvivesARestart() {
    Mark three = new Mark(3, 33);
    settle(claim(1, new Mark(2, 22)));
    settle(claim(1, three));
    settle(claim(1, new Mark(1, 11)));
    rig.tick(50);
    rig.commit();
    assertEquals(three, fenced(7, 1).mark());

    rig.restart();

    assertEquals(three, fenced(8, 1).mark());
  }

  @Test
  void whatAnOlderLeaderTellsIsNoMarkButWhatItSoldIsSold() {
    rig.reserve("a", "Tux", 1);
    fenced(7, 1);

    long token = settle(claim(6, new Mark(9, 99)), "a");
    rig.tick(50);
    rig.commit();

    assertTrue(rig.isAnswered(token));
    Fenced next = fenced(8, 1);
    assertEquals(Mark.NONE, next.mark());
    assertEquals(List.of(), next.holds());
  }

  @Test
  void anEpochHasOneOfficeOnly() {
    fenced(7, 1);

    assertTrue(fenced(7, 1).accepted());
    Fenced other = fenced(7, 2);
    assertFalse(other.accepted());
    assertEquals(7, other.fence());
    rig.restart();
    assertFalse(fenced(7, 2).accepted());
    assertTrue(fenced(8, 2).accepted());
  }

  @Test
  void whoHasNotComparedWithThisRunGetsNothing() {
    Claim stranger = new Claim(1, rig.claim(1).incarnation() + 1, new Mark(9, 99));
    List<PurchaseRequest> one = List.of(new PurchaseRequest("a", "Tux", 1));

    long reserve =
        rig.ask((token, now) -> rig.core.reserve(token, stranger, one, List.of(0L), now));
    long holds = rig.ask((token, now) -> rig.core.holds(token, stranger, 0, now));
    long verify = rig.ask((token, now) -> rig.core.verify(token, stranger, one, now));
    long settle = settle(stranger);

    for (long token : List.of(reserve, holds, verify, settle)) {
      assertEquals(StoreError.UNVERIFIED, rig.refusal(token));
    }
    assertEquals(100, rig.newest("Tux").stock());
    assertEquals(Mark.NONE, fenced(7, 1).mark());
  }

  @Test
  void eachRunHasANameOfItsOwn() {
    CatalogOptions options = new CatalogOptions(
        new Leases(1_000, 100, 200),
        new Restocking(100, 10_000),
        Remembering.USUAL,
        new CatalogBounds(1_000, 10, Long.MAX_VALUE),
        50,
        43);

    assertNotEquals(rig.options.incarnation(), options.incarnation());
  }

  @Test
  void ordersAreKnownThatAreHeldOrSoldHere() {
    rig.reserve("held", "Tux", 1);
    rig.reserve("sold", "Fox", 2);
    rig.askSettle("sold");
    rig.reserve("refused", "Tux", 200);
    PurchaseRequest held = new PurchaseRequest("held", "Tux", 1);
    PurchaseRequest sold = new PurchaseRequest("sold", "Fox", 2);

    assertEquals(2, known(held, sold));
    assertEquals(1, known(held, new PurchaseRequest("sold", "Fox", 3), held));
    assertEquals(0, known(new PurchaseRequest("refused", "Tux", 200)));
    assertEquals(0, known(new PurchaseRequest("other", "Tux", 1)));
    assertEquals(0, known(new PurchaseRequest("held", "Nix", 1)));
  }

  private int known(PurchaseRequest... orders) {
    long token = rig.ask((it, now) -> rig.core.verify(it, rig.claim(1), List.of(orders), now));
    return ((Verified) rig.answer(token)).known();
  }
}
