package toystore.frontend;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many requests a client may send: a bucket for each, which holds a second's worth and fills
 * steadily. Remembers only so many clients, those seen last; who is forgotten begins anew. Pure;
 * owned by one event loop.
 */
final class RateLimit {
  private static final int MAX_CLIENTS = 10_000;
  /** Of an IPv6 address that belong to its network. */
  private static final int GROUPS = 4;

  private static final double MS_PER_SECOND = 1_000;

  private final int perSecond;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
      return size() > MAX_CLIENTS;
    }
  };

  /**
   * @param perSecond requests of one client, at least 1; so many may come at once
   */
  RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * Who counts as one client: an address, or the network of 64 bits that a customer has in IPv6.
   *
   * @param address in digits, an IPv6 one with all its zeros
   */
  private static String client(String address) {
    int colon = -1;
    for (int i = 0; i < GROUPS; i++) {
      colon = address.indexOf(':', colon + 1);
      if (colon < 0) {
        return address;
      }
    }
    return address.substring(0, colon);
  }

  /** Whether this request from that address is within the limit; if so, it counts. */
  boolean admits(String address, long nowMs) {
    Bucket bucket = buckets.computeIfAbsent(client(address), first -> new Bucket(perSecond, nowMs));
    double filled = (nowMs - bucket.seenMs) * perSecond / MS_PER_SECOND;
    bucket.left = Math.min(perSecond, bucket.left + filled);
    bucket.seenMs = nowMs;
    if (bucket.left < 1) {
      return false;
    }
    bucket.left--;
    return true;
  }

  int clients() {
    return buckets.size();
  }

  /** What one client may still send. */
  private static final class Bucket {
    private double left;
    private long seenMs;

    Bucket(double left, long seenMs) {
      this.left = left;
      this.seenMs = seenMs;
    }
  }
}
