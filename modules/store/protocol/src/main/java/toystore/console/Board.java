package toystore.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The picture of now, in named parts, and what of it has changed since it was last sent. A part is
 * a value, or rows that each have a key. Pure; owned by one event loop.
 */
public final class Board {
  private final Map<String, Object> parts = new LinkedHashMap<>();
  private final Map<String, Map<?, ?>> rows = new LinkedHashMap<>();
  private Map<String, Object> changes = new LinkedHashMap<>();

  /** This part is so now; whether it was otherwise. */
  public boolean put(String part, Object value) {
    boolean isOther = !value.equals(parts.put(part, value));
    if (isOther) {
      changes.put(part, value);
    }
    return isOther;
  }

  /** These are the rows of a part now. Of what has gone, those who look on are not told. */
  public <K, V> void putRows(String part, Map<K, V> now) {
    Map<?, ?> before = rows.getOrDefault(part, Map.of());
    List<Object> changed = new ArrayList<>();
    now.forEach((key, row) -> {
      if (!row.equals(before.get(key))) {
        changed.add(row);
      }
    });
    rows.put(part, new LinkedHashMap<>(now));
    if (!changed.isEmpty()) {
      changes.put(part, merged(part, changed));
    }
  }

  /** Changed before, and not sent yet: those rows must go, too. */
  private List<Object> merged(String part, List<Object> changed) {
    if (!(changes.get(part) instanceof List<?> earlier)) {
      return changed;
    }
    List<Object> all = new ArrayList<>(earlier);
    all.addAll(changed);
    return all;
  }

  /** Something that is told once, such as what happened. */
  public void tell(String part, Object news) {
    changes.put(part, merged(part, List.of(news)));
  }

  /** All parts, for one who has seen nothing yet. */
  public Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>(parts);
    rows.forEach((part, now) -> all.put(part, List.copyOf(now.values())));
    return all;
  }

  /** What has changed since this was last called; empty when nothing has. */
  public Map<String, Object> takeChanges() {
    Map<String, Object> taken = changes;
    changes = new LinkedHashMap<>();
    return taken;
  }
}
