package toystore.model;

import java.util.Arrays;

/**
 * Short texts in the order they were added, packed in chunks of 64 KiB: a text of 36 characters
 * takes 45 bytes, and a million are a hundred arrays and not two million objects. Owned by {@link
 * KeyTable}.
 */
final class PackedTexts {
  /** In characters. */
  static final int MAX_LENGTH = 128;

  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int FIRST = 1 << 10;
  private static final int WIDE = 0x80;

  /** Only the first chunk is ever smaller than the others: short tables are many. */
  private byte[][] chunks = {new byte[FIRST]};

  private final LongList places = new LongList();
  private long end;

  int size() {
    return places.size();
  }

  /** @param text of 1 to {@value #MAX_LENGTH} characters */
  void add(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("text has " + text.length() + " characters");
    }
    boolean wide = isWide(text);
    int bytes = 1 + (wide ? 2 : 1) * text.length();
    if ((end & CHUNK - 1) + bytes > CHUNK) {
      end = (end >> CHUNK_BITS) + 1 << CHUNK_BITS; // A text never crosses chunks.
    }
    int at = (int) (end & CHUNK - 1);
    byte[] chunk = chunkWithRoom((int) (end >> CHUNK_BITS), at + bytes);
    places.add(end);
    end += bytes;
    chunk[at++] = (byte) (text.length() - 1 | (wide ? WIDE : 0));
    for (int i = 0; i < text.length(); i++) {
      chunk[at++] = (byte) text.charAt(i);
      if (wide) {
        chunk[at++] = (byte) (text.charAt(i) >> 8);
      }
    }
  }

  private byte[] chunkWithRoom(int index, int bytes) {
    if (index == chunks.length) {
      chunks = Arrays.copyOf(chunks, index * 2);
    }
    if (chunks[index] == null) {
      chunks[index] = new byte[CHUNK];
    }
    while (bytes > chunks[index].length) {
      chunks[index] = Arrays.copyOf(chunks[index], chunks[index].length * 2);
    }
    return chunks[index];
  }

  String get(int index) {
    long place = places.get(index);
    byte[] chunk = chunks[(int) (place >> CHUNK_BITS)];
    int at = (int) (place & CHUNK - 1);
    int head = chunk[at++] & 0xFF;
    boolean wide = (head & WIDE) != 0;
    char[] text = new char[(head & ~WIDE) + 1];
    for (int i = 0; i < text.length; i++) {
      text[i] = (char) (chunk[at++] & 0xFF);
      if (wide) {
        text[i] |= (char) ((chunk[at++] & 0xFF) << 8);
      }
    }
    return new String(text);
  }

  boolean is(int index, String text) {
    long place = places.get(index);
    byte[] chunk = chunks[(int) (place >> CHUNK_BITS)];
    int at = (int) (place & CHUNK - 1);
    int head = chunk[at++] & 0xFF;
    if ((head & ~WIDE) + 1 != text.length()) {
      return false;
    }
    boolean wide = (head & WIDE) != 0;
    for (int i = 0; i < text.length(); i++) {
      int stored = chunk[at++] & 0xFF;
      if (wide) {
        stored |= (chunk[at++] & 0xFF) << 8;
      }
      if (stored != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Memory it takes, to a few bytes. */
  long bytes() {
    return Arrays.stream(chunks)
            .mapToLong(chunk -> chunk == null ? 0 : chunk.length)
            .sum()
        + places.bytes();
  }

  private static boolean isWide(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return true;
      }
    }
    return false;
  }
}
