package toystore.desk;

import java.util.List;
import toystore.model.PurchaseRequest;

/** What a desk is asked, and who waits for the answer since when. */
sealed interface DeskQuestion {
  long token();

  /** By the desk's own clock. */
  long cameMs();

  /** Whether it concerns stock: then it waits until no cache of an earlier desk is served. */
  boolean concernsStock();

  record Buy(long token, long cameMs, PurchaseRequest purchase, long seenMs)
      implements DeskQuestion {
    @Override
    public boolean concernsStock() {
      return true;
    }
  }

  record Find(long token, long cameMs, long number) implements DeskQuestion {
    @Override
    public boolean concernsStock() {
      return false;
    }
  }

  /** @param names null for all toys */
  record ReadToys(long token, long cameMs, long session, List<String> names)
      implements DeskQuestion {
    @Override
    public boolean concernsStock() {
      return true;
    }
  }

  /** @param session 0 for a new one */
  record KeepSession(long token, long cameMs, long session, int frontEnd, String address)
      implements DeskQuestion {
    @Override
    public boolean concernsStock() {
      return false;
    }
  }
}
