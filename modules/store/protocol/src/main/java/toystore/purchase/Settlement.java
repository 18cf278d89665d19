package toystore.purchase;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Orders that the catalog is still to be told of. Nobody waits for it, so it gathers them. What
 * gets lost here is found by the sweep.
 */
final class Settlement {
  private static final int MAX_WAITING = 100_000;

  private final PurchaseSettings settings;
  private final Set<String> waiting = new LinkedHashSet<>();
  private long dueAt;

  Settlement(PurchaseSettings settings) {
    this.settings = settings;
  }

  void add(String key, long now) {
    if (waiting.isEmpty()) {
      dueAt = now + settings.settleTicks();
    }
    if (waiting.size() < MAX_WAITING) {
      waiting.add(key);
    }
  }

  boolean isDue(long now) {
    return !waiting.isEmpty() && (now >= dueAt || waiting.size() >= settings.maxBatch());
  }

  List<String> takeBatch() {
    List<String> batch = new ArrayList<>(Math.min(settings.maxBatch(), waiting.size()));
    Iterator<String> keys = waiting.iterator();
    while (keys.hasNext() && batch.size() < settings.maxBatch()) {
      batch.add(keys.next());
      keys.remove();
    }
    return batch;
  }

  int size() {
    return waiting.size();
  }

  void clear() {
    waiting.clear();
  }
}
