package toystore.stock;

import java.util.List;
import toystore.model.Claim;
import toystore.model.Fenced;
import toystore.model.Mark;
import toystore.model.PurchaseRequest;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * What the catalog knows of the leaders it obeys: whose epoch it is, and how many orders of which
 * history there were at last. So a replica whose file went back in time cannot pass for level, and
 * a leader cannot take this run of the catalog for another.
 */
final class Witness {
  private final long incarnation;
  private final WriteDraft draft;
  // Invariant: the fence never falls, and one office only has the epoch of the fence.
  private long fence;
  private long office;
  // Invariant: its orders never become fewer: a leader that has less has lost some.
  private Mark mark;

  Witness(long incarnation, CatalogState disk, WriteDraft draft) {
    this.incarnation = incarnation;
    this.draft = draft;
    fence = disk.number(Meta.FENCE);
    office = disk.number(Meta.OFFICE);
    mark = new Mark(disk.number(Meta.MARK_ORDERS), disk.number(Meta.MARK_LINK));
  }

  long fence() {
    return fence;
  }

  /** An epoch has one office: after a file went back in time, another might get the same epoch. */
  boolean mayFence(long epoch, long ofOffice) {
    return epoch > fence || epoch == fence && ofOffice == office;
  }

  /** Obeys this office, which may fence; whether that is news, to be made durable. */
  boolean fence(long epoch, long ofOffice) {
    if (epoch == fence) {
      return false;
    }
    fence = epoch;
    office = ofOffice;
    draft.meta(Meta.FENCE, epoch);
    draft.meta(Meta.OFFICE, ofOffice);
    return true;
  }

  Fenced answer(boolean accepted, List<PurchaseRequest> holds) {
    return new Fenced(accepted, fence, incarnation, mark, holds);
  }

  /** Why who claims this is not heeded; null where he is. */
  StoreException objection(Claim claim) {
    if (claim.incarnation() != incarnation) {
      return new StoreException(StoreError.UNVERIFIED, "the catalog has restarted since");
    }
    return claim.epoch() < fence
        ? new StoreException(
            StoreError.FENCED, "epoch " + claim.epoch() + " is below the fence " + fence)
        : null;
  }

  /** A leader that is heeded has so many orders. */
  void note(Mark leaders, long nowMs) {
    if (leaders.orders() > mark.orders()) {
      mark = leaders;
      draft.mark(mark, nowMs);
    }
  }
}
