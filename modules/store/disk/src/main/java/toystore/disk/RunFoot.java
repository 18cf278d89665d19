package toystore.disk;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The last bytes of a run's file, which say what is before them. The file, with n rows:
 *
 * <pre>
 *   n longs          hash &lt;&lt; 32 | row, ascending; the row is counted from the run's first
 *   n longs or none  the link of each row, by row
 *   2^bits + 1 ints  where the hashes begin whose highest bits are 0, 1 and so on
 *   bytes            the owner's state
 *   this foot
 * </pre>
 *
 * @param identity of the owner and the seed of the hashes: another one's run is of no use
 * @param first the row number of the run's first row
 * @param digest the sum of the digests of its rows
 * @param bodyCrc of all bytes before the foot
 */
record RunFoot(
    long identity,
    long first,
    int rows,
    int bits,
    boolean linked,
    int stateBytes,
    long digest,
    int bodyCrc) {
  static final int BYTES = 4 * Long.BYTES + 6 * Integer.BYTES;

  /** Its last byte is the version of the format. */
  private static final long MAGIC = 0x544f595352554e31L;

  /** Some eight hashes, a cache line, share their highest bits. */
  private static final int BITS_FEWER = 3;

  private static final int MOST_BITS = 28;

  /** How many of a hash's highest bits lead to its place, among so many rows. */
  static int bitsFor(int rows) {
    int whole = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, rows));
    return Math.max(0, whole - BITS_FEWER);
  }

  /** Where in the directory this hash is: hashes ascend as signed numbers. */
  static int place(int hash, int bits) {
    return bits == 0 ? 0 : (hash ^ Integer.MIN_VALUE) >>> Integer.SIZE - bits;
  }

  long linksAt() {
    return (long) rows * Long.BYTES;
  }

  long directoryAt() {
    return linksAt() * (linked ? 2 : 1);
  }

  long stateAt() {
    return directoryAt() + ((1L << bits) + 1) * Integer.BYTES;
  }

  /** Bytes before the foot. */
  long bodyBytes() {
    return stateAt() + stateBytes;
  }

  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putLong(identity).putLong(first).putLong(digest);
    bytes.putInt(rows).putInt(bits).putInt(linked ? 1 : 0).putInt(stateBytes).putInt(bodyCrc);
    bytes.putInt(crc(bytes.array()));
    return bytes.rewind();
  }

  /** What these bytes say; null where they were not written by {@link #bytes}. */
  static RunFoot of(ByteBuffer bytes) {
    if (bytes.remaining() != BYTES
        || bytes.getLong(0) != MAGIC
        || bytes.getInt(BYTES - Integer.BYTES) != crc(bytes.array())) {
      return null;
    }
    ByteBuffer read = bytes.duplicate().position(Long.BYTES);
    long identity = read.getLong();
    long first = read.getLong();
    long digest = read.getLong();
    RunFoot foot = new RunFoot(
        identity,
        first,
        read.getInt(),
        read.getInt(),
        read.getInt() == 1,
        read.getInt(),
        digest,
        read.getInt());
    return foot.isSound() ? foot : null;
  }

  private boolean isSound() {
    return first >= 0 && rows > 0 && bits >= 0 && bits <= MOST_BITS && stateBytes >= 0;
  }

  private static int crc(byte[] foot) {
    CRC32C crc = new CRC32C();
    crc.update(foot, 0, BYTES - Integer.BYTES);
    return (int) crc.getValue();
  }
}
