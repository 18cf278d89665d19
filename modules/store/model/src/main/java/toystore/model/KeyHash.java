package toystore.model;

/**
 * Hashes purchase keys for an index in memory. Clients choose keys and must not choose collisions:
 * {@link String#hashCode} is the same everywhere, and words of one hash code are easily made.
 *
 * @param seed secret and random in service; a function of it decides nothing that is stored or sent
 */
public record KeyHash(long seed) {
  /** The odd number next to 2^64 over the golden ratio (Knuth, volume 3, section 6.4). */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /** All 32 bits are well mixed: any of them may choose a place. */
  public int of(String key) {
    long hash = seed;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * MULTIPLIER;
      hash ^= hash >>> 29; // else the last characters would move high bits only
    }
    return (int) (hash ^ hash >>> 32);
  }
}
