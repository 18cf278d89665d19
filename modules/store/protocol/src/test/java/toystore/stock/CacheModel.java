package toystore.stock;

import java.util.HashMap;
import java.util.Map;
import toystore.stock.CatalogMessages.ToyState;

/**
 * A front-end's cache as docs/design.md, "The cache", wants it, on a clock that runs at its own
 * rate.
 */
final class CacheModel {
  private record Fill(long session, String toy) {}

  final int id;
  private final double rate;
  private final Omission omission;
  private final Map<String, ToyState> copies = new HashMap<>();
  private final Map<String, Long> known = new HashMap<>();
  private final Map<Long, Fill> fillsInFlight = new HashMap<>();
  private long session;
  private long leaseEndMs;
  private long lastFill;

  CacheModel(int id, double rate, Omission omission) {
    this.id = id;
    this.rate = rate;
    this.omission = omission;
  }

  long session() {
    return session;
  }

  long clock(long worldMs) {
    return (long) (worldMs * rate);
  }

  /** A copy that may be served now, or null. */
  ToyState find(String toy, long worldMs) {
    boolean live = session != 0 && clock(worldMs) < leaseEndMs;
    return live || omission == Omission.LEASE_CHECK ? copies.get(toy) : null;
  }

  void granted(long newSession, long leaseMs, long sentMs, long worldMs) {
    if (newSession != session) {
      empty();
      session = newSession;
      leaseEndMs = 0;
    }
    long from = omission == Omission.LEASE_FROM_SENDING ? worldMs : sentMs;
    leaseEndMs = Math.max(leaseEndMs, clock(from) + leaseMs);
  }

  /** The catalog does not know this session. */
  void over(long refused) {
    if (refused == session) {
      empty();
      session = 0;
    }
  }

  long beginFill(String toy) {
    fillsInFlight.put(++lastFill, new Fill(session, toy));
    return lastFill;
  }

  void finishFill(long ticket, ToyState answer) {
    Fill fill = fillsInFlight.remove(ticket);
    boolean late = fill == null || fill.session() != session;
    if (late && omission != Omission.LATE_FILL_REFUSED) {
      return;
    }
    boolean old = answer.version() < known.getOrDefault(answer.name(), 0L);
    if (answer.cacheable() && (!old || omission == Omission.LATE_FILL_REFUSED)) {
      copies.put(answer.name(), answer);
      known.put(answer.name(), answer.version());
    }
  }

  void invalidate(String toy, long version) {
    copies.remove(toy);
    known.merge(toy, version, Math::max);
    fillsInFlight.values().removeIf(fill -> fill.toy().equals(toy));
  }

  private void empty() {
    fillsInFlight.clear();
    if (omission != Omission.EMPTY_CACHE_AT_HELLO) {
      copies.clear();
      known.clear();
    }
  }
}
