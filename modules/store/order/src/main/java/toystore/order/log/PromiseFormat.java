package toystore.order.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

  /** Behind the rest and its checksum: earlier versions read a promise with an owner, too. */
  private static final int OWNER_AT = 40;

  private static final int MAX_OWNER = LogFormat.SECTOR - OWNER_AT - 2 * Integer.BYTES;

  private PromiseFormat() {}

  /**
   * What the promise file says.
   *
   * @param rebuilding whether the replica still lacks what a lost file held
   * @param newestSegment index of the first entry of the newest segment; 0 where that is unknown
   * @param version counts the changes
   * @param owner the service whose log it is; empty where that is unknown
   */
  record Promised(
      Promise promise, boolean rebuilding, long newestSegment, long version, String owner) {}

  static ByteBuffer bytes(Promised promised) {
    ByteBuffer bytes = ByteBuffer.allocate(LogFormat.SECTOR);
    bytes.putLong(promised.rebuilding() ? REBUILDING_MAGIC : MAGIC).putLong(promised.version());
    bytes.putLong(promised.promise().epoch()).putInt(promised.promise().leader());
    bytes.putLong(promised.newestSegment());
    bytes.putInt(LogFormat.crc(bytes, 0, bytes.position()));
    byte[] owner = promised.owner().getBytes(StandardCharsets.UTF_8);
    bytes.position(OWNER_AT).putInt(owner.length).put(owner);
    bytes.putInt(LogFormat.crc(bytes, OWNER_AT, bytes.position()));
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
    String owner = readOwner(bytes, at + OWNER_AT);
    if (owner == null) {
      return null;
    }
    Promise promise = new Promise(bytes.getLong(at + 16), bytes.getInt(at + 24));
    long newestSegment = first ? 0 : bytes.getLong(at + 28);
    return new Promised(promise, rebuilding, newestSegment, bytes.getLong(at + 8), owner);
  }

  /** Null where it is damaged. Earlier versions wrote zeros. */
  private static String readOwner(ByteBuffer bytes, int at) {
    int length = bytes.getInt(at);
    int text = at + Integer.BYTES;
    if (length == 0 && bytes.getInt(text) == 0) {
      return "";
    }
    if (length < 0
        || length > MAX_OWNER
        || bytes.getInt(text + length) != LogFormat.crc(bytes, at, text + length)) {
      return null;
    }
    byte[] owner = new byte[length];
    bytes.get(text, owner);
    return new String(owner, StandardCharsets.UTF_8);
  }
}
