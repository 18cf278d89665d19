package toystore.model;

/**
 * Numbers keys in the order they were added, and finds the number of a key. It grows a place at a
 * time, by linear hashing (Litwin, VLDB 1980): a table that is made anew at each doubling would
 * stop its owner for a third of a second at a million keys, which is longer than a leader may be
 * silent.
 *
 * <p>With a key of 36 characters a row takes 61 bytes, in large arrays. Hashes are seeded, because
 * clients choose keys and must not choose collisions. Not safe for use by several threads.
 */
public final class KeyTable {
  public static final int ABSENT = -1;

  private static final int FIRST_PLACES = 16;

  private final KeyHash hash;
  private final PackedTexts keys = new PackedTexts();
  /** For each row its hash, and the next row of the same place: {@code hash << 32 | row + 1}. */
  private final LongList links = new LongList();
  /** For each place its first row + 1; 0 is free. */
  private final LongList heads = new LongList();
  /** Places at the last doubling, less one; those below {@code split} have been divided since. */
  private int mask = FIRST_PLACES - 1;

  private int split;

  public KeyTable(long seed) {
    hash = new KeyHash(seed);
    for (int place = 0; place < FIRST_PLACES; place++) {
      heads.add(0);
    }
  }

  public int size() {
    return keys.size();
  }

  /** The number of this key, or {@link #ABSENT}. */
  public int find(String key) {
    return find(key, hash.of(key));
  }

  /**
   * The same, for who looks into several tables of one seed.
   *
   * @param wanted the hash of the key, by this table's seed
   */
  public int find(String key, int wanted) {
    int row = (int) heads.get(placeOf(wanted)) - 1;
    while (row != ABSENT && !(hashOf(row) == wanted && keys.is(row, key))) {
      row = after(row);
    }
    return row;
  }

  /** The key of this number, from 0 to below {@link #size}. */
  public String keyAt(int row) {
    return keys.get(row);
  }

  /**
   * Adds a key that is absent, and returns its number: 0 for the first, one more for each next.
   *
   * @param key of 1 to {@value PackedTexts#MAX_LENGTH} characters
   */
  public int add(String key) {
    return add(key, hash.of(key));
  }

  /**
   * The same.
   *
   * @param rowHash the hash of the key, by this table's seed
   */
  public int add(String key, int rowHash) {
    int row = keys.size();
    keys.add(key);
    links.add((long) rowHash << Integer.SIZE);
    putFirst(row, placeOf(rowHash));
    if (keys.size() > heads.size()) {
      divide();
    }
    return row;
  }

  /** Memory it takes, to a few bytes. */
  public long bytes() {
    return keys.bytes() + links.bytes() + heads.bytes();
  }

  private int placeOf(int rowHash) {
    int place = rowHash & mask;
    return place < split ? rowHash & (mask << 1 | 1) : place;
  }

  /** The rows of one place go to it and to a new one, by one more bit of their hashes. */
  private void divide() {
    int row = (int) heads.get(split) - 1;
    heads.set(split, 0);
    heads.add(0);
    split++;
    while (row != ABSENT) {
      int next = after(row);
      putFirst(row, placeOf(hashOf(row)));
      row = next;
    }
    if (split > mask) {
      mask = mask << 1 | 1;
      split = 0;
    }
  }

  private void putFirst(int row, int place) {
    links.set(row, (long) hashOf(row) << Integer.SIZE | heads.get(place));
    heads.set(place, row + 1);
  }

  private int hashOf(int row) {
    return (int) (links.get(row) >> Integer.SIZE);
  }

  private int after(int row) {
    return (int) links.get(row) - 1;
  }
}
