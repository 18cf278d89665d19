package toystore.cache;

import java.util.Objects;

/**
 * Decides when to say HELLO to the catalog and when to renew, and how long the lease then lasts.
 * Pure; owned by one event loop. At most one request is under way.
 */
public final class SessionKeeper {
  /** A lease is renewed after this part of it: two renewals may fail before it ends. */
  private static final int RENEWALS_PER_LEASE = 3;

  /** This part of a lease is given away, for clocks that do not run alike. */
  private static final int DRIFT_PART = 20;

  private static final long NANOS_PER_MS = 1_000_000;

  private final ProductCache<?> cache;
  private final long retryNanos;
  private SessionRequest underWay = SessionRequest.NONE;
  private boolean started;
  private long sentNanos;
  private long nextNanos;

  /**
   * @param retryMs time from a request without an answer to the next
   */
  public SessionKeeper(ProductCache<?> cache, long retryMs) {
    this.cache = Objects.requireNonNull(cache, "cache");
    this.retryNanos = retryMs * NANOS_PER_MS;
  }

  /** What must be sent to the catalog now; each request is to be followed by one of the answers. */
  public SessionRequest tick(long nowNanos) {
    if (underWay != SessionRequest.NONE || started && nowNanos - nextNanos < 0) {
      return SessionRequest.NONE;
    }
    started = true;
    // The lease counts from here: the catalog cannot have received the request any earlier.
    sentNanos = nowNanos;
    underWay = cache.session() == 0 ? SessionRequest.HELLO : SessionRequest.RENEW;
    return underWay;
  }

  /** The catalog grants a new session, or more time in this one. */
  public void granted(long session, long leaseMs) {
    long leaseNanos = leaseMs * NANOS_PER_MS;
    long leaseEndNanos = sentNanos + leaseNanos - leaseNanos / DRIFT_PART;
    if (underWay == SessionRequest.HELLO) {
      cache.startSession(session, leaseEndNanos);
    } else if (session == cache.session()) {
      cache.extendLease(leaseEndNanos);
    }
    underWay = SessionRequest.NONE;
    nextNanos = sentNanos + leaseNanos / RENEWALS_PER_LEASE;
  }

  /** The catalog does not know the session, or it is over: nothing in the cache is guarded. */
  public void refused() {
    cache.endSession();
    underWay = SessionRequest.NONE;
    nextNanos = sentNanos;
  }

  /** No answer: the session may stand or not; its lease runs on. */
  public void unanswered() {
    underWay = SessionRequest.NONE;
    nextNanos = sentNanos + retryNanos;
  }

  /** What the catalog is asked. */
  public enum SessionRequest {
    NONE,
    HELLO,
    RENEW
  }
}
