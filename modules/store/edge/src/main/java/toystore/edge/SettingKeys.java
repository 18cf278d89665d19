package toystore.edge;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that a configuration was asked for, in that order; the first asking of each counts. All
 * items of a list have one name.
 */
final class SettingKeys {
  private final Map<String, SettingKey> asked = new LinkedHashMap<>();
  private final Set<String> optional = new HashSet<>();

  /** Where it is absent, nothing takes its place. */
  void optional(String name) {
    optional.add(name);
  }

  void note(String name, String type, String range, String absent) {
    if (!asked.containsKey(name)) {
      boolean isOptional = SettingKey.REQUIRED.equals(absent) && optional.contains(name);
      asked.put(name, new SettingKey(name, type, range, isOptional ? "none" : absent));
    }
  }

  List<SettingKey> all() {
    return List.copyOf(asked.values());
  }
}
