package toystore.edge;

import java.util.Locale;

/**
 * What a key of a configuration may be.
 *
 * @param name with the names of the sections around it, as {@code cache.capacity} or {@code
 *     replicas[].id}
 * @param type in words, with the unit of a number
 * @param range of a number, from and to; empty where there is none
 * @param absent what holds where the key is not there, or {@link #REQUIRED}
 */
public record SettingKey(String name, String type, String range, String absent) {
  /** Without such a key a service does not start. */
  public static final String REQUIRED = "required";

  /** A default as people read it. */
  static String shown(Object value) {
    return value instanceof Integer
        ? String.format(Locale.ROOT, "%,d", value)
        : String.valueOf(value);
  }

  static String range(int min, int max) {
    return String.format(Locale.ROOT, "%,d to %,d", min, max);
  }
}
