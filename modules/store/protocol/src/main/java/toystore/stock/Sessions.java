package toystore.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The front-ends that may hold copies, each until its lease ends. An id is never reused, so that
 * what was said to a session that is over cannot concern a later one.
 */
public final class Sessions {
  /** No session: a reader that keeps no copies. */
  public static final long NONE = 0;

  /** One front-end's promise to drop what it is told to, or to stop at the end. */
  public static final class Session {
    public final long id;
    public final int frontEnd;
    public final String address;
    // Invariant: past the end of the lease on the front-end's own clock, drift included.
    private long endMs;

    private Session(long id, int frontEnd, String address) {
      this.id = id;
      this.frontEnd = frontEnd;
      this.address = address;
    }
  }

  private final Map<Long, Session> open = new HashMap<>();
  private final long sessionMs;
  // Invariant: no id above it was ever told, in this run or an earlier one.
  private long lastId;

  /**
   * @param sessionMs how long a session lasts beyond its last renewal
   * @param lastId no id up to this one is given out
   */
  public Sessions(long sessionMs, long lastId) {
    this.sessionMs = sessionMs;
    this.lastId = lastId;
  }

  public int size() {
    return open.size();
  }

  Session open(int frontEnd, String address, long nowMs) {
    return open(lastId + 1, frontEnd, address, nowMs);
  }

  /** Opens a session with an id of the caller's, higher than all before it. */
  public Session open(long id, int frontEnd, String address, long nowMs) {
    if (id <= lastId) {
      throw new IllegalStateException("session " + id + " comes after " + lastId);
    }
    lastId = id;
    Session session = new Session(id, frontEnd, address);
    session.endMs = nowMs + sessionMs;
    open.put(session.id, session);
    return session;
  }

  /** False when the session is unknown or over. */
  public boolean renew(long id, long nowMs) {
    Session session = open.get(id);
    if (session == null) {
      return false;
    }
    session.endMs = nowMs + sessionMs;
    return true;
  }

  /** The open session of this id, or null. */
  public Session find(long id) {
    return open.get(id);
  }

  /** Closes and returns the sessions whose lease and margin have passed. */
  public List<Session> closeOver(long nowMs) {
    if (firstEndMs() > nowMs) {
      return List.of();
    }
    List<Session> over = new ArrayList<>();
    for (Session session : open.values()) {
      if (session.endMs <= nowMs) {
        over.add(session);
      }
    }
    over.forEach(session -> open.remove(session.id));
    return over;
  }

  /** When the next session is over, unless renewed. */
  public long firstEndMs() {
    long first = Long.MAX_VALUE;
    for (Session session : open.values()) {
      first = Math.min(first, session.endMs);
    }
    return first;
  }
}
