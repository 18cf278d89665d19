package toystore.stock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that were refused lately, oldest first. A refusal is kept until no copy of its request
 * can come any more: a copy that is older than {@link RequestClock#mayDecide} allows is not
 * decided, and the refusal outlives those. What can come later was sent by somebody who knew, or
 * who never waited for the answer.
 *
 * <p>A refusal costs some 200 bytes of memory with a key of 36 characters.
 */
final class Refusals {
  /** How many are forgotten at a time: a step must be short. */
  private static final int MOST_AT_ONCE = 1_000;

  private final long keepMs;
  private final int most;
  // Invariant: in the order of their ids and times, so that the first ones are over first.
  private final Map<String, Refusal> byKey = new LinkedHashMap<>();
  /** Each toy's name once: a refusal only points to it. */
  private final Map<String, String> names = new HashMap<>();

  private long lastId;

  /**
   * @param keepMs how long each is kept
   * @param most that there may be; no more is told then
   */
  Refusals(long keepMs, int most) {
    this.keepMs = keepMs;
    this.most = most;
  }

  int size() {
    return byKey.size();
  }

  /** Whether another one could be remembered. */
  boolean hasRoom() {
    return byKey.size() < most;
  }

  /** The refusal of this key that still counts, or null. */
  Refusal find(String key, long nowMs) {
    Refusal found = byKey.get(key);
    return found == null || isOver(found, nowMs) ? null : found;
  }

  /** Remembers that this key is refused now. */
  Refusal add(String key, String toy, int quantity, long nowMs) {
    Refusal refusal = new Refusal(lastId + 1, key, toy, quantity, nowMs);
    restore(refusal);
    return refusal;
  }

  /** One that the disk has. */
  void restore(Refusal refusal) {
    if (refusal.id() <= lastId) {
      throw new IllegalStateException("refusal " + refusal.id() + " after " + lastId);
    }
    lastId = refusal.id();
    String toy = names.computeIfAbsent(refusal.toy(), name -> name);
    byKey.put(
        refusal.key(),
        new Refusal(refusal.id(), refusal.key(), toy, refusal.quantity(), refusal.atMs()));
  }

  /** Forgets this key before another decision on it, if it is still there. */
  List<Refusal> forget(String key) {
    Refusal old = byKey.remove(key);
    return old == null ? List.of() : List.of(old);
  }

  /** Forgets the oldest of those that count no more, a few at a time. */
  List<Refusal> forgetOver(long nowMs) {
    List<Refusal> over = new ArrayList<>();
    Iterator<Refusal> oldestFirst = byKey.values().iterator();
    while (over.size() < MOST_AT_ONCE && oldestFirst.hasNext()) {
      Refusal oldest = oldestFirst.next();
      if (!isOver(oldest, nowMs)) {
        break;
      }
      over.add(oldest);
      oldestFirst.remove();
    }
    return over;
  }

  private boolean isOver(Refusal refusal, long nowMs) {
    return nowMs - refusal.atMs() >= keepMs;
  }
}
