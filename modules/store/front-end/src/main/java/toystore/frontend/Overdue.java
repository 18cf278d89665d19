package toystore.frontend;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of the things that began take longer than all of them may. Pure; owned by one event loop.
 */
final class Overdue<T> {
  private final long limitMs;
  /** Oldest first, with when each began. */
  private final Map<T, Long> begun = new LinkedHashMap<>();

  Overdue(long limitMs) {
    this.limitMs = limitMs;
  }

  /** Its time runs from now, unless it does already. */
  void begin(T thing, long nowMs) {
    begun.putIfAbsent(thing, nowMs);
  }

  void end(T thing) {
    begun.remove(thing);
  }

  /** Those whose time is over, each once. */
  List<T> take(long nowMs) {
    List<T> late = new ArrayList<>();
    Iterator<Map.Entry<T, Long>> oldestFirst = begun.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<T, Long> oldest = oldestFirst.next();
      if (nowMs - oldest.getValue() < limitMs) {
        break;
      }
      late.add(oldest.getKey());
      oldestFirst.remove();
    }
    return late;
  }
}
