package toystore.disk;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;
import toystore.model.Chain;

/**
 * How far a database has come. The database has it in a row that every transaction renews, and the
 * {@link MarkFile} beside it has the last one that was durable. For a log, the number of changes is
 * the index of its last entry, and the digest is the epoch of that.
 *
 * @param changes transactions committed
 * @param digest the sum of the digests of all rows, whatever their order
 */
public record DurableExtent(long changes, long digest) {
  /** Of a file that was just made. */
  public static final DurableExtent NONE = new DurableExtent(0, 0);

  static final String TABLE = "CREATE TABLE IF NOT EXISTS progress(id INTEGER PRIMARY KEY"
      + " CHECK(id = 1), changes INTEGER NOT NULL, digest INTEGER NOT NULL, seal INTEGER NOT NULL)";

  static final int BYTES = 3 * Long.BYTES + Integer.BYTES;

  /** Its last byte is the version of the format. */
  private static final long MAGIC = 0x544f594d41524b31L;

  private static final String READ = "SELECT changes, digest, seal FROM progress";
  private static final String WRITE = "INSERT OR REPLACE INTO progress VALUES(1, ?, ?, ?)";

  DurableExtent next(long newDigest) {
    return new DurableExtent(changes + 1, newDigest);
  }

  private long seal(Chain chain) {
    return chain.next(MAGIC, changes, digest);
  }

  void write(DatabaseConnection connection, Chain chain) throws SQLException {
    PreparedStatement write = connection.prepare(WRITE);
    write.setLong(1, changes);
    write.setLong(2, digest);
    write.setLong(3, seal(chain));
    write.executeUpdate();
  }

  /** What the row says; null where its seal says otherwise. */
  static DurableExtent read(DatabaseConnection connection) throws SQLException {
    try (ResultSet row = connection.prepare(READ).executeQuery()) {
      if (!row.next()) {
        return NONE;
      }
      DurableExtent read = new DurableExtent(row.getLong(1), row.getLong(2));
      return row.getLong(3) == read.seal(new Chain()) ? read : null;
    }
  }

  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(MAGIC).putLong(changes).putLong(digest);
    bytes.putInt(crc(bytes, 0, bytes.position()));
    return bytes.rewind();
  }

  /** What is there; null where nothing is that was written by {@link #bytes}. */
  static DurableExtent of(ByteBuffer bytes, int at) {
    int end = at + BYTES - Integer.BYTES;
    return at + BYTES > bytes.limit()
            || bytes.getLong(at) != MAGIC
            || bytes.getInt(end) != crc(bytes, at, end)
        ? null
        : new DurableExtent(bytes.getLong(at + 8), bytes.getLong(at + 16));
  }

  /** Whether a newer program has written what is there. */
  static boolean isNewer(ByteBuffer bytes, int at) {
    if (at + Long.BYTES > bytes.limit()) {
      return false;
    }
    long found = bytes.getLong(at);
    return found >>> Byte.SIZE == MAGIC >>> Byte.SIZE && found > MAGIC;
  }

  private static int crc(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().limit(to).position(from));
    return (int) crc.getValue();
  }
}
