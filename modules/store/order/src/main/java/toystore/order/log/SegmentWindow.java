package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import toystore.replication.Entry;

/** A segment's file, of which a part is in memory: it moves on with what is looked at. */
final class SegmentWindow implements AutoCloseable {
  /** About as long as what one message carries. */
  private static final int SIZE = 128 << 10;

  private final FileChannel file;
  private ByteBuffer bytes = ByteBuffer.allocate(SIZE).limit(0);
  /** Where in the file the bytes start. */
  private int start;

  SegmentWindow(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.READ);
  }

  /** The size of the record there, by its head alone; 0 where there is none. */
  int sizeAt(int at) throws IOException {
    show(at, LogFormat.RECORD_HEAD);
    return LogFormat.sizeAt(bytes, at - start);
  }

  /** The size of the record there; 0 where there is none, or where it is not as it was written. */
  int wholeSizeAt(int at) throws IOException {
    int size = sizeAt(at);
    show(at, size);
    return size > 0 && LogFormat.isWhole(bytes, at - start) ? size : 0;
  }

  /** The entry there, which is whole. */
  Entry entryAt(int at) throws DamageException {
    return LogFormat.entry(bytes, at - start);
  }

  /** So many bytes from there are in memory, or what of them the file has. */
  private void show(int at, int size) throws IOException {
    if (at >= start && at + size <= start + bytes.limit()) {
      return;
    }
    bytes = size > bytes.capacity() ? ByteBuffer.allocate(size) : bytes.clear();
    start = at;
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = file.read(bytes, (long) at + bytes.position());
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
