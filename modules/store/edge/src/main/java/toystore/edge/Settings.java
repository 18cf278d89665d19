package toystore.edge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a configuration strictly. What is missing, of the wrong type, out of range or unknown fails
 * with a {@link ConfigurationException} that names the key. Owned by whoever reads it, once.
 */
public final class Settings {
  private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(1_000_000);
  /** Made once: there may be a million toys, each with a price. */
  private static final String AMOUNT_RANGE = SettingKey.range(0, MAX_AMOUNT.intValue());

  private static final int MAX_SHOWN = 500;
  private static final String NUMBER = "whole number";
  private static final String MILLIS = "milliseconds";

  private final String prefix;
  /** The same in the documents, which call all items of a list by one name. */
  private final String documented;

  private final JsonObject values;
  private final SettingKeys keys;
  private final Set<String> read = new HashSet<>();

  private Settings(String prefix, String documented, JsonObject values, SettingKeys keys) {
    this.prefix = prefix;
    this.documented = documented;
    this.values = values;
    this.keys = keys;
  }

  public static Settings of(JsonObject values) {
    return new Settings("", "", values, new SettingKeys());
  }

  /** What was asked for so far, here and in the sections: for the documents. */
  public List<SettingKey> keys() {
    return keys.all();
  }

  /** Whether it is there; a key that is asked for so is optional. */
  public boolean has(String key) {
    keys.optional(documented + key);
    return values.containsKey(key);
  }

  private boolean contains(String key) {
    return values.containsKey(key);
  }

  private void note(String key, String type, String range) {
    keys.note(documented + key, type, range, SettingKey.REQUIRED);
  }

  private void note(String key, String type, String range, Object absent) {
    keys.note(documented + key, type, range, SettingKey.shown(absent));
  }

  public String text(String key) {
    note(key, "text", "");
    Object value = demand(key);
    if (!(value instanceof String text) || text.isBlank()) {
      throw wrong(key, "must be a non-empty text", value);
    }
    return text;
  }

  public String text(String key, String absent) {
    note(key, "text", "", absent.isEmpty() ? "none" : absent);
    return contains(key) ? text(key) : absent(key, absent);
  }

  /** A list of texts. */
  public List<String> texts(String key, List<String> absent) {
    note(key, "list of texts", "", absent.isEmpty() ? "none" : absent);
    if (!contains(key)) {
      return absent(key, absent);
    }
    Object value = demand(key);
    if (!(value instanceof JsonArray array)
        || !array.stream().allMatch(text -> text instanceof String)) {
      throw wrong(key, "must be a list of texts", value);
    }
    return array.stream().map(String.class::cast).toList();
  }

  public boolean flag(String key, boolean absent) {
    note(key, "true or false", "", absent);
    if (!contains(key)) {
      return absent(key, absent);
    }
    Object value = demand(key);
    if (!(value instanceof Boolean flag)) {
      throw wrong(key, "must be true or false", value);
    }
    return flag;
  }

  public int integer(String key, int min, int max) {
    note(key, NUMBER, SettingKey.range(min, max));
    Object value = demand(key);
    String problem = "must be a whole number from " + min + " to " + max;
    if (!(value instanceof Integer || value instanceof Long)) {
      throw wrong(key, problem, value);
    }
    long number = ((Number) value).longValue();
    if (number < min || number > max) {
      throw wrong(key, problem, value);
    }
    return (int) number;
  }

  public int integer(String key, int min, int max, int absent) {
    note(key, NUMBER, SettingKey.range(min, max), absent);
    return contains(key) ? integer(key, min, max) : absent(key, absent);
  }

  /** A positive amount with at most two decimals, such as a price, in hundredths. */
  public long hundredths(String key) {
    note(key, "amount, two decimals at most", AMOUNT_RANGE);
    Object value = demand(key);
    String problem = "must be a number from 0 to 1000000 with at most two decimals";
    if (!(value instanceof Number number)
        || number instanceof Double && !Double.isFinite(number.doubleValue())) {
      throw wrong(key, problem, value);
    }
    BigDecimal amount = new BigDecimal(value.toString()).stripTrailingZeros();
    if (amount.signum() < 0 || amount.compareTo(MAX_AMOUNT) > 0 || amount.scale() > 2) {
      throw wrong(key, problem, value);
    }
    return amount.movePointRight(2).longValueExact();
  }

  /** A span of time; the key should end in {@code Ms}. */
  public Duration millis(String key, int minMs, int maxMs) {
    note(key, MILLIS, SettingKey.range(minMs, maxMs));
    return Duration.ofMillis(integer(key, minMs, maxMs));
  }

  public Duration millis(String key, int minMs, int maxMs, int absentMs) {
    note(key, MILLIS, SettingKey.range(minMs, maxMs), absentMs);
    return Duration.ofMillis(integer(key, minMs, maxMs, absentMs));
  }

  /** A name or an IP address, to listen on or to be called by. */
  public String host(String key) {
    note(key, "name or IP address", "");
    String text = text(key);
    try {
      return Address.host(text);
    } catch (IllegalArgumentException e) {
      throw wrong(key, e.getMessage(), text);
    }
  }

  public String host(String key, String absent) {
    note(key, "name or IP address", "", absent);
    return contains(key) ? host(key) : absent(key, absent);
  }

  /** A TCP port to listen on; 0 takes any free one. */
  public int port(String key) {
    note(key, "port, 0 for any free one", SettingKey.range(0, 65_535));
    return integer(key, 0, 65_535);
  }

  public Address address(String key) {
    note(key, "host:port", "");
    String text = text(key);
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(key, "must be host:port, with a port from 1 to 65535", text);
    }
  }

  public Path path(String key) {
    note(key, "path", "");
    try {
      return Path.of(text(key));
    } catch (InvalidPathException e) {
      throw new ConfigurationException(prefix + key, "must be a path: " + e.getReason());
    }
  }

  /** An object inside; empty where it is absent. */
  public Optional<Settings> section(String key) {
    note(key, "object", "", "none");
    if (!contains(key)) {
      read.add(key);
      return Optional.empty();
    }
    Object value = demand(key);
    if (!(value instanceof JsonObject object)) {
      throw wrong(key, "must be an object", value);
    }
    return Optional.of(new Settings(prefix + key + ".", documented + key + ".", object, keys));
  }

  /** A list of objects; missing is an error. */
  public List<Settings> sections(String key) {
    note(key, "list of objects", "");
    Object value = demand(key);
    if (!(value instanceof JsonArray array)) {
      throw wrong(key, "must be a list of objects", value);
    }
    List<Settings> sections = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      sections.add(item(key, i, array.getValue(i)));
    }
    return sections;
  }

  /** An item of a list, which must be an object. */
  Settings item(String list, int index, Object value) {
    String item = list + "[" + index + "]";
    if (!(value instanceof JsonObject object)) {
      throw wrong(item, "must be an object", value);
    }
    return new Settings(prefix + item + ".", documented + list + "[].", object, keys);
  }

  /** Fails on the first key that nobody has asked for: a misspelt key must not be ignored. */
  public void refuseUnknown() {
    for (String key : values.fieldNames()) {
      if (!read.contains(key)) {
        throw new ConfigurationException(prefix + key, "is not a known key");
      }
    }
  }

  /** For a rule that no single reading method knows. */
  public ConfigurationException wrong(String key, String problem, Object value) {
    return new ConfigurationException(prefix + key, problem + ", was " + shown(value));
  }

  /** In a line, and no longer than a person reads. */
  private static String shown(Object value) {
    String text = String.valueOf(value);
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(MAX_SHOWN).forEach(c -> {
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isHalf(c)) {
        line.append(String.format(Locale.ROOT, "\\u%04x", c));
      } else {
        line.appendCodePoint(c);
      }
    });
    return text.codePointCount(0, text.length()) > MAX_SHOWN ? line + "..." : line.toString();
  }

  /** One half of a surrogate pair, which no output can say. */
  private static boolean isHalf(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private Object demand(String key) {
    read.add(key);
    Object value = values.getValue(key);
    if (value == null) {
      throw new ConfigurationException(prefix + key, "is missing");
    }
    return value;
  }

  private <T> T absent(String key, T absent) {
    read.add(key);
    return absent;
  }
}
