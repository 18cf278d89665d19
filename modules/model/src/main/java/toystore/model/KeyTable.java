package toystore.catalog;

import java.util.Arrays;
import toystore.model.KeyHash;

/**
 * Numbers keys in the order they were added, and finds the number of a key.
 *
 * <p>Keys lie packed in byte chunks, so that a million of them is a hundred arrays and not two
 * million objects: with a key of 36 characters a row costs 37 bytes of text, 12 to 18 of index and
 * 5 to 11 of hash slots. Hashes are seeded, because clients choose keys and must not choose
 * collisions.
 */
final class KeyTable {
  static final int ABSENT = -1;

  private static final int MAX_LENGTH = 128;
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
  private static final int WIDE = 0x80;

  private final KeyHash hash;
  private byte[][] chunks = new byte[4][];
  private long end;
  private int[] slots = new int[1 << 10]; // row + 1; 0 is free
  private int[] hashes = new int[slots.length];
  private long[] places = new long[slots.length];
  private int size;

  KeyTable(long seed) {
    hash = new KeyHash(seed);
  }

  int size() {
    return size;
  }

  /** The number of this key, or {@link #ABSENT}. */
  int find(String key) {
    int wanted = hash.of(key);
    int mask = slots.length - 1;
    for (int slot = wanted & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int row = slots[slot] - 1;
      if (hashes[row] == wanted && matches(places[row], key)) {
        return row;
      }
    }
    return ABSENT;
  }

  /** Adds a key that is absent, and returns its number: 0 for the first, one more for each next. */
  int add(String key) {
    if (key.isEmpty() || key.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("key has " + key.length() + " characters");
    }
    if (size == places.length) {
      places = Arrays.copyOf(places, size + (size >> 1));
      hashes = Arrays.copyOf(hashes, places.length);
    }
    if (size >= slots.length - (slots.length >> 2)) {
      spread();
    }
    places[size] = store(key);
    hashes[size] = hash.of(key);
    occupy(size);
    return size++;
  }

  /** Bytes this table occupies, to a few. */
  long bytes() {
    long text = (end + CHUNK_BYTES - 1 >> CHUNK_BITS) * CHUNK_BYTES;
    return text + 4L * slots.length + 4L * hashes.length + 8L * places.length;
  }

  private void spread() {
    slots = new int[slots.length * 2];
    for (int row = 0; row < size; row++) {
      occupy(row);
    }
  }

  private void occupy(int row) {
    int mask = slots.length - 1;
    int slot = hashes[row] & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = row + 1;
  }

  private long store(String key) {
    int width = isWide(key) ? 2 : 1;
    int bytes = 1 + width * key.length();
    if ((end & CHUNK_BYTES - 1) + bytes > CHUNK_BYTES) {
      end = (end >> CHUNK_BITS) + 1 << CHUNK_BITS; // a key never crosses chunks
    }
    long place = end;
    end += bytes;
    byte[] chunk = chunkFor(place);
    int at = (int) (place & CHUNK_BYTES - 1);
    chunk[at++] = (byte) (key.length() - 1 | (width == 2 ? WIDE : 0));
    for (int i = 0; i < key.length(); i++) {
      chunk[at++] = (byte) key.charAt(i);
      if (width == 2) {
        chunk[at++] = (byte) (key.charAt(i) >> 8);
      }
    }
    return place;
  }

  private byte[] chunkFor(long place) {
    int index = (int) (place >> CHUNK_BITS);
    if (index == chunks.length) {
      chunks = Arrays.copyOf(chunks, index * 2);
    }
    if (chunks[index] == null) {
      chunks[index] = new byte[CHUNK_BYTES];
    }
    return chunks[index];
  }

  private boolean matches(long place, String key) {
    byte[] chunk = chunks[(int) (place >> CHUNK_BITS)];
    int at = (int) (place & CHUNK_BYTES - 1);
    int head = chunk[at++] & 0xFF;
    if ((head & ~WIDE) + 1 != key.length()) {
      return false;
    }
    boolean wide = (head & WIDE) != 0;
    for (int i = 0; i < key.length(); i++) {
      int stored = chunk[at++] & 0xFF;
      if (wide) {
        stored |= (chunk[at++] & 0xFF) << 8;
      }
      if (stored != key.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWide(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) > 0xFF) {
        return true;
      }
    }
    return false;
  }
}
