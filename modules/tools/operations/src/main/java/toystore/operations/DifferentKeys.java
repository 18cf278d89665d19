package toystore.operations;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import toystore.model.KeyHash;

/**
 * Counts how many of very many keys differ: eight bytes of memory for each, where a database sorts
 * all of them on disk. Exact: keys whose hashes are equal are compared.
 */
final class DifferentKeys {
  private static final int AT_FIRST = 1 << 12;

  private final ToLongFunction<String> hash;
  private long[] hashes = new long[AT_FIRST];
  private int size;

  private DifferentKeys(ToLongFunction<String> hash) {
    this.hash = hash;
  }

  /** Gives every key to whom it is handed, and the same keys each time. */
  @FunctionalInterface
  interface Keys {
    void forEach(Consumer<String> use);
  }

  /** Of keys that clients chose: nobody can know which of them have one hash. */
  static long count(Keys keys) {
    SecureRandom random = new SecureRandom();
    KeyHash upper = new KeyHash(random.nextLong());
    KeyHash lower = new KeyHash(random.nextLong());
    return count(
        keys, key -> (long) upper.of(key) << Integer.SIZE | Integer.toUnsignedLong(lower.of(key)));
  }

  /** @param hash equal for equal keys */
  static long count(Keys keys, ToLongFunction<String> hash) {
    return new DifferentKeys(hash).countOf(keys);
  }

  private long countOf(Keys keys) {
    keys.forEach(this::add);
    Arrays.sort(hashes, 0, size);
    Set<Long> shared = new HashSet<>();
    long alone = size;
    for (int i = 1; i < size; i++) {
      if (hashes[i] == hashes[i - 1]) {
        alone -= shared.add(hashes[i]) ? 2 : 1;
      }
    }
    return shared.isEmpty() ? alone : alone + differentOf(keys, shared);
  }

  private void add(String key) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    hashes[size++] = hash.applyAsLong(key);
  }

  private long differentOf(Keys keys, Set<Long> shared) {
    Set<String> different = new HashSet<>();
    keys.forEach(key -> {
      if (shared.contains(hash.applyAsLong(key))) {
        different.add(key);
      }
    });
    return different.size();
  }
}
