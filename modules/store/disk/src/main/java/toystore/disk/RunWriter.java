package toystore.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes the file of a run from its first byte to its last: entries by hash, links by row, state.
 * Owned by one thread.
 */
final class RunWriter implements Closeable {
  // Forced piece by piece: a long file that is forced at once would let a commit beside it wait.
  private static final int PIECE = 1 << 20;

  private final RunDisk disk;
  private final FileChannel channel;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
  private final CRC32C crc = new CRC32C();
  private final long identity;
  private final long first;
  private final int rows;
  private final int bits;
  // Invariant: starts[place + 1] counts the entries up to this place, of those put so far.
  private final int[] starts;
  private boolean linked;

  /** @param rows as many entries as will be put */
  RunWriter(RunDisk disk, Path file, long identity, long first, int rows) throws IOException {
    this.disk = disk;
    this.identity = identity;
    this.first = first;
    this.rows = rows;
    bits = RunFoot.bitsFor(rows);
    starts = new int[(1 << bits) + 1];
    channel = FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** The next entry by hash; its row is counted from the run's first. */
  void entry(long entry) throws IOException {
    starts[RunFoot.place((int) (entry >> Integer.SIZE), bits) + 1]++;
    room(Long.BYTES).putLong(entry);
  }

  /** The next row's link: either each row has one, or none. */
  void link(long link) throws IOException {
    linked = true;
    room(Long.BYTES).putLong(link);
  }

  /** Ends the file, which is durable then. */
  void finish(byte[] state, long digest) throws IOException {
    for (int place = 1; place < starts.length; place++) {
      starts[place] += starts[place - 1];
    }
    for (int start : starts) {
      room(Integer.BYTES).putInt(start);
    }
    for (int at = 0; at < state.length; ) {
      int fits = Math.min(room(1).remaining(), state.length - at);
      piece.put(state, at, fits);
      at += fits;
    }
    flush();
    int bodyCrc = (int) crc.getValue();
    RunFoot foot = new RunFoot(identity, first, rows, bits, linked, state.length, digest, bodyCrc);
    disk.append(channel, foot.bytes());
    disk.force(channel);
  }

  private ByteBuffer room(int needed) throws IOException {
    if (piece.remaining() < needed) {
      flush();
      disk.force(channel);
    }
    return piece;
  }

  private void flush() throws IOException {
    piece.flip();
    crc.update(piece.duplicate());
    disk.append(channel, piece);
    piece.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
