package toystore.order.log;

import java.nio.ByteBuffer;
import toystore.replication.Effects.Promise;

/**
 * Bytes of the promise file, and what they say after a crash. Pure: no file is touched here.
 */
final class PromiseFormat {
  /** Between the two copies of a promise: no disk or page cache writes more than this as one. */
  static final int DISTANCE = 4_096;

  // The last byte is the version. What one that is rebuilding has is newer, and otherwise the same.
  private static final long FIRST_MAGIC = 0x544f59564f544531L;
  private static final long MAGIC = 0x544f59564f544532L;
  private static final long REBUILDING_MAGIC = 0x544f59564f544533L;

  private PromiseFormat() {}

  /**
   * What the promise file says.
   *
   * @param rebuilding whether the replica still lacks what a lost file held
   * @param newestSegment index of the first entry of the newest segment; 0 where that is unknown
   * @param version counts the changes
   */
  record Promised(Promise promise, boolean rebuilding, long newestSegment, long version) {}

  static ByteBuffer bytes(Promised promised) {
    ByteBuffer bytes = ByteBuffer.allocate(LogFormat.SECTOR);
    bytes.putLong(promised.rebuilding() ? REBUILDING_MAGIC : MAGIC).putLong(promised.version());
    bytes.putLong(promised.promise().epoch()).putInt(promised.promise().leader());
    bytes.putLong(promised.newestSegment());
    bytes.putInt(LogFormat.crc(bytes, 0, bytes.position()));
    return bytes.rewind();
  }

  /** The newer of two slots; each promise is written to both, one after the other. */
  static Promised read(ByteBuffer bytes) throws DamageException {
    // Earlier versions had them side by side; what is left of that is no copy any more.
    int distance = bytes.limit() > DISTANCE ? DISTANCE : LogFormat.SECTOR;
    Promised first = readSlot(bytes, 0);
    Promised second = readSlot(bytes, distance);
    if (first == null && second == null) {
      LogFormat.demandNotNewer(bytes, REBUILDING_MAGIC);
      throw new DamageException("both copies of term and vote are damaged");
    }
    boolean firstIsNewer = second == null || first != null && first.version() >= second.version();
    return firstIsNewer ? first : second;
  }

  /**
   * The slot there; null where it is damaged or missing. Earlier versions wrote no newest segment.
   */
  private static Promised readSlot(ByteBuffer bytes, int at) {
    if (at + LogFormat.SECTOR > bytes.limit()) {
      return null;
    }
    long magic = bytes.getLong(at);
    boolean first = magic == FIRST_MAGIC;
    boolean rebuilding = magic == REBUILDING_MAGIC;
    int end = at + (first ? 28 : 36);
    if (!first && !rebuilding && magic != MAGIC
        || bytes.getInt(end) != LogFormat.crc(bytes, at, end)) {
      return null;
    }
    Promise promise = new Promise(bytes.getLong(at + 16), bytes.getInt(at + 24));
    long newestSegment = first ? 0 : bytes.getLong(at + 28);
    return new Promised(promise, rebuilding, newestSegment, bytes.getLong(at + 8));
  }
}
