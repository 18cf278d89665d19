package toystore.stock;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import toystore.stock.Sessions.Session;

/**
 * Which sessions may hold a copy of one toy. While a change is pending no copy is handed out, so
 * one acknowledged invalidation is good for all changes that pile up behind it.
 */
public final class Copies {
  private static final long NOT_TOLD = 0;

  private static final class Copy {
    final Session session;
    long toldVersion = NOT_TOLD;
    long toldAtMs;

    Copy(Session session) {
      this.session = session;
    }
  }

  // Invariant: every session that may serve a copy of the toy is here. One leaves by acknowledging
  // the version it was told, or by being over. Few of a million toys are in any cache, so the map
  // is made for the first copy.
  private Map<Long, Copy> bySession = Map.of();

  /** Whether nobody has one. */
  public boolean isEmpty() {
    return bySession.isEmpty();
  }

  /** To be called before the copy leaves. */
  public void note(Session session) {
    if (bySession.isEmpty()) {
      bySession = new HashMap<>();
    }
    bySession.putIfAbsent(session.id, new Copy(session));
  }

  /**
   * Passes on every session that must be told now, not told yet or silent for too long, and the
   * version to tell it: the one it was told first, until that is acknowledged.
   */
  public void tell(long version, long nowMs, long repushMs, ObjLongConsumer<Session> push) {
    for (Copy copy : bySession.values()) {
      if (copy.toldVersion == NOT_TOLD) {
        copy.toldVersion = version;
      } else if (nowMs - copy.toldAtMs < repushMs) {
        continue;
      }
      copy.toldAtMs = nowMs;
      push.accept(copy.session, copy.toldVersion);
    }
  }

  /** An acknowledgement of an earlier invalidation says nothing about a copy handed out since. */
  public void acknowledge(long session, long version) {
    Copy copy = bySession.get(session);
    if (copy != null && copy.toldVersion != NOT_TOLD && version >= copy.toldVersion) {
      bySession.remove(session);
    }
  }

  /** The session is over, and its copy with it. */
  public void forget(Session session) {
    if (!bySession.isEmpty()) {
      bySession.remove(session.id);
    }
  }

  /** When the next invalidation must be repeated. */
  public long nextRepushMs(long repushMs) {
    long next = Long.MAX_VALUE;
    for (Copy copy : bySession.values()) {
      if (copy.toldVersion != NOT_TOLD) {
        next = Math.min(next, copy.toldAtMs + repushMs);
      }
    }
    return next;
  }
}
