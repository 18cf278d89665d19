package toystore.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Products handed out by the catalog, least recently used out first. It holds only what the catalog
 * promised to invalidate, and serves it only while the lease of that promise lasts. Pure; owned by
 * one event loop. Times are nanoseconds of a monotonic clock.
 *
 * @param <V> what a hit is answered with
 */
public final class ProductCache<V> {
  private static final long NO_SESSION = 0;
  private static final int DROPPED_KNOWN = 4;

  private final int capacity;
  /**
   * Invariant: each was cacheable in the present session, and no invalidation of its toy has come
   * since its fill was sent. So the catalog waits for this cache before a change of it is seen.
   */
  private final Map<String, Kept<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  /** Kept when an entry is dropped for room: a late fill must still be found to be late. */
  private final Map<String, KnownToy> known = new HashMap<>();

  private long session = NO_SESSION;
  /** Invariant: no later than the catalog's own end of this session, and it never moves back. */
  private long leaseEndNanos;

  private long hits;
  private long misses;
  private long evictions;
  private long invalidated;
  private final Deque<String> dropped = new ArrayDeque<>();

  /**
   * @param capacity toys it has room for, at least 1
   */
  public ProductCache(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity=" + capacity);
    }
    this.capacity = capacity;
  }

  /** Takes up a new session, empty: what an older session held, nobody invalidates any more. */
  public void startSession(long newSession, long newLeaseEndNanos) {
    endSession();
    session = newSession;
    leaseEndNanos = newLeaseEndNanos;
  }

  /** Drops everything, loads under way included. */
  public void endSession() {
    entries.clear();
    known.clear();
    session = NO_SESSION;
  }

  /** The session goes on; its lease never becomes shorter. */
  public void extendLease(long newLeaseEndNanos) {
    if (newLeaseEndNanos - leaseEndNanos > 0) {
      leaseEndNanos = newLeaseEndNanos;
    }
  }

  /** The toy if it is here and the lease is good, else null. Counts a hit or a miss. */
  public V find(String name, long nowNanos) {
    Kept<V> kept = entries.get(name);
    V value = kept == null ? null : kept.value;
    if (value == null || !leased(nowNanos)) {
      misses++;
      return null;
    }
    hits++;
    kept.hits++;
    return value;
  }

  /** To be called when the fill is sent, not when it is wanted. */
  public Ticket beginLoad(String name) {
    KnownToy toy = known.get(name);
    return new Ticket(name, session, toy == null ? 0 : toy.invalidations);
  }

  /**
   * Stores what a load brought, if that can still be called fresh.
   *
   * @param cacheable whether the catalog will invalidate it
   * @return whether it was stored
   */
  public boolean finishLoad(Ticket ticket, long version, boolean cacheable, V value) {
    if (session == NO_SESSION || ticket.session() != session) {
      return false;
    }
    KnownToy toy = known.computeIfAbsent(ticket.name(), name -> new KnownToy());
    // An invalidation may overtake the answer of a fill that was sent before it.
    boolean fresh = ticket.invalidations() == toy.invalidations && version >= toy.version;
    toy.version = Math.max(toy.version, version);
    if (!fresh || !cacheable) {
      return false;
    }
    entries.put(ticket.name(), new Kept<>(value));
    if (entries.size() > capacity) {
      entries.remove(entries.keySet().iterator().next());
      evictions++;
    }
    return true;
  }

  /** The toy changed: drops it, voids its loads, and refuses anything older from now on. */
  public void invalidate(String name, long version) {
    KnownToy toy = known.computeIfAbsent(name, unseen -> new KnownToy());
    toy.invalidations++;
    toy.version = Math.max(toy.version, version);
    if (entries.remove(name) != null) {
      invalidated++;
      dropped.add(name);
      if (dropped.size() > DROPPED_KNOWN) {
        dropped.remove();
      }
    }
  }

  public boolean leased(long nowNanos) {
    return session != NO_SESSION && leaseEndNanos - nowNanos > 0;
  }

  /** The session's id, 0 for none. */
  public long session() {
    return session;
  }

  /** Time left of the lease, 0 for none. */
  public long leaseLeftNanos(long nowNanos) {
    return leased(nowNanos) ? leaseEndNanos - nowNanos : 0;
  }

  public int size() {
    return entries.size();
  }

  public int capacity() {
    return capacity;
  }

  public long hits() {
    return hits;
  }

  public long misses() {
    return misses;
  }

  /** Each toy, and how often it was hit since it was stored; the least recently used first. */
  public Map<String, Long> places() {
    Map<String, Long> places = new LinkedHashMap<>();
    entries.forEach((name, kept) -> places.put(name, kept.hits));
    return places;
  }

  /** Toys that were dropped for room. */
  public long evictions() {
    return evictions;
  }

  /** Toys that were here and changed. */
  public long invalidated() {
    return invalidated;
  }

  /** The last of those toys, the latest last. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }

  /**
   * A load under way.
   *
   * @param session the session it was sent in
   * @param invalidations of this toy that had come when it was sent
   */
  public record Ticket(String name, long session, long invalidations) {}

  /** A toy in its place. */
  private static final class Kept<V> {
    private final V value;
    private long hits;

    private Kept(V value) {
      this.value = value;
    }
  }

  /** What is known of a toy, cached or not. */
  private static final class KnownToy {
    /** Invariant: never falls, so that nothing older than what was once known is kept. */
    private long version = Long.MIN_VALUE;

    /** Of fills that were sent before the last of them, nothing is kept. */
    private long invalidations;
  }
}
