package toystore.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A running digest over a sequence of records: each link is made of the one before it and of its
 * own record. Two sequences with the same link at a place are the same up to that place; a record
 * that was changed, left out, added or moved changes every link behind it.
 *
 * <p>A link is the first 8 bytes of a SHA-256, so that a client who chooses keys cannot choose two
 * sequences that end alike, and chance makes two alike once in 2^64.
 *
 * <p>Owned by one thread.
 */
public final class Chain {
  /** The link before the first record. */
  public static final long START = 0;

  private final MessageDigest digest;
  private final ByteBuffer numbers = ByteBuffer.allocate(4 * Long.BYTES);

  public Chain() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * The link of a record.
   *
   * @param previous the link of the record before it, or {@link #START}
   * @param first a number of the record; what it means is the caller's, the same for all records
   * @param second another number of it
   * @param texts its texts; null is another text than the empty one
   */
  public long next(long previous, long first, long second, String... texts) {
    numbers.clear();
    numbers.putLong(previous).putLong(first).putLong(second).putLong(texts.length);
    digest.update(numbers.array());
    for (String text : texts) {
      // Each text after its length, so that no two records are the same bytes.
      byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
      numbers.clear();
      digest.update(numbers.putInt(bytes == null ? -1 : bytes.length).array(), 0, Integer.BYTES);
      if (bytes != null) {
        digest.update(bytes);
      }
    }
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
