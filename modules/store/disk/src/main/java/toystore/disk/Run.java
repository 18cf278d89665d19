package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongPredicate;
import java.util.zip.CRC32C;

/**
 * A sorted run (O'Neil et al., The log-structured merge-tree, 1996): the hashes of the keys of some
 * rows that follow each other, in one file that never changes. It is mapped, so that the system
 * keeps in memory what is used, and takes it back where memory is short. Any thread may read.
 */
final class Run {
  private static final int BLOCK = 1 << 18;

  private final Path file;
  private final RunFoot foot;
  private final MappedByteBuffer bytes;

  private Run(Path file, RunFoot foot, MappedByteBuffer bytes) {
    this.file = file;
    this.foot = foot;
    this.bytes = bytes;
  }

  /**
   * Opens a run; null where it is not what was written whole, or somebody else's. All of it is read
   * once: a bit that flipped might hide a key, which would then be decided twice.
   */
  static Run open(Path file, long identity) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      RunFoot foot = readFoot(channel);
      if (foot == null
          || foot.identity() != identity
          || channel.size() != foot.bodyBytes() + RunFoot.BYTES
          || foot.bodyCrc() != bodyCrc(channel, foot.bodyBytes())) {
        return null;
      }
      return new Run(file, foot, channel.map(MapMode.READ_ONLY, 0, foot.bodyBytes()));
    }
  }

  private static RunFoot readFoot(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(RunFoot.BYTES);
    long at = channel.size() - RunFoot.BYTES;
    if (at < 0) {
      return null;
    }
    while (last.hasRemaining() && channel.read(last, at + last.position()) >= 0) {
      // Until the end.
    }
    return RunFoot.of(last.flip());
  }

  /** Read, not mapped: a failing disk gives an exception then, and no dead process. */
  private static int bodyCrc(FileChannel channel, long size) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    for (long at = 0; at < size; at += block.limit()) {
      block.clear().limit((int) Math.min(BLOCK, size - at));
      int read = channel.read(block, at);
      if (read < 0) {
        throw new IOException("file ends at " + at);
      }
      crc.update(block.flip());
    }
    return (int) crc.getValue();
  }

  Path file() {
    return file;
  }

  /** The row number of its first row. */
  long first() {
    return foot.first();
  }

  int rows() {
    return foot.rows();
  }

  /** The row number behind its last row. */
  long end() {
    return foot.first() + foot.rows();
  }

  /** The sum of the digests of its rows. */
  long digest() {
    return foot.digest();
  }

  boolean linked() {
    return foot.linked();
  }

  /** The first row with this hash for which {@code isIt} says yes, or -1. */
  long find(int hash, LongPredicate isIt) {
    int place = RunFoot.place(hash, foot.bits());
    int end = starts(place + 1);
    for (int at = starts(place); at < end; at++) {
      long entry = entry(at);
      int found = (int) (entry >> Integer.SIZE);
      if (found == hash && isIt.test(rowOf(entry))) {
        return rowOf(entry);
      }
      if (found > hash) {
        return SealedRows.ABSENT;
      }
    }
    return SealedRows.ABSENT;
  }

  private int starts(int place) {
    return bytes.getInt((int) foot.directoryAt() + place * Integer.BYTES);
  }

  /** Hash and row, the so many-th by hash. */
  long entry(int at) {
    return bytes.getLong(at * Long.BYTES);
  }

  /** The row number in an entry of this run. */
  private long rowOf(long entry) {
    return foot.first() + (int) entry;
  }

  /** What was given with this row of the run. */
  long link(long row) {
    return foot.linked()
        ? bytes.getLong((int) (foot.linksAt() + (row - foot.first()) * Long.BYTES))
        : 0;
  }

  /** The owner's state behind its last row. */
  byte[] state() {
    byte[] state = new byte[foot.stateBytes()];
    bytes.get((int) foot.stateAt(), state);
    return state;
  }
}
