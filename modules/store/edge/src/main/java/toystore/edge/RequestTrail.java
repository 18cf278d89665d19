package toystore.edge;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.model.PurchaseRequest;

/**
 * With which request each purchase came, for lines of the log: one at each service that a purchase
 * passes. Purchases travel in batches, so a message between services has a header with the ids of
 * its purchases, in their order. Nothing but the log depends on them: a process of before, or one
 * that writes no such lines, passes none on. Any thread may use it.
 *
 * <p>It is on where the logger {@code toystore.requests} is at DEBUG. Elsewhere it costs nothing.
 */
public final class RequestTrail {
  static final CharSequence HEADER = HttpHeaders.createOptimized("toystore-requests");

  private static final Logger LINES = LoggerFactory.getLogger("toystore.requests");
  /** Half of what an HTTP server takes; further ids are left out, and the key tells the way. */
  private static final int HEADER_MAX = 4_096;
  /** Of the purchases of long ago it forgets the ids: it knows this many, or twice as many. */
  private static final int GENERATION = 10_000;

  private static final String NONE = "";
  private static final char BETWEEN = ',';

  private final boolean on;
  private volatile Map<String, String> young = new ConcurrentHashMap<>();
  private volatile Map<String, String> old = Map.of();

  RequestTrail(boolean on) {
    this.on = on;
  }

  /** On or off, as this process was told to log. */
  public static RequestTrail ofThisProcess() {
    return new RequestTrail(LINES.isDebugEnabled());
  }

  /** Whether {@link #tell} has a reader. Ask before you make words for it. */
  public boolean isOn() {
    return on;
  }

  /** A line of the log, which ends with the purchase's key and its request. */
  public void tell(String words, String key) {
    LINES.debug("{} key={} request={}", words, key, of(key));
  }

  /** The purchase with this key came with this request. */
  public void note(String key, String id) {
    if (!on) {
      return;
    }
    if (young.size() >= GENERATION) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
    young.put(key, id);
  }

  /** The request's id, empty where it is not known. */
  String of(String key) {
    String id = young.get(key);
    return id == null ? old.getOrDefault(key, NONE) : id;
  }

  /**
   * The header of a message that carries these purchases; null where there is nothing to say.
   *
   * @param purchases null for what is none
   */
  public String header(List<PurchaseRequest> purchases) {
    if (!on) {
      return null;
    }
    StringBuilder header = new StringBuilder();
    boolean any = false;
    for (PurchaseRequest purchase : purchases) {
      String id = purchase == null ? NONE : of(purchase.key());
      if (header.length() + id.length() >= HEADER_MAX) {
        break;
      }
      any |= !id.isEmpty();
      header.append(id).append(BETWEEN);
    }
    return any ? header.toString() : null;
  }

  /**
   * Notes what came with a message.
   *
   * @param header null for none
   * @param purchases null for what is none
   */
  public void read(String header, List<PurchaseRequest> purchases) {
    if (!on || header == null) {
      return;
    }
    int start = 0;
    for (PurchaseRequest purchase : purchases) {
      int end = header.indexOf(BETWEEN, start);
      if (end < 0) {
        break;
      }
      String id = header.substring(start, end);
      if (purchase != null && RequestId.isValid(id)) {
        note(purchase.key(), id);
      }
      start = end + 1;
    }
  }
}
