package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a database held when it last told somebody that a change is durable, in a small file beside
 * it: SQLite cuts its write-ahead log at the first bad checksum in silence, and the database would
 * pass for the older one that it then is.
 *
 * <p>It is written after each commit, by turns in two slots in blocks of their own, and not synced:
 * so it survives the process, and after a power failure it may be older than the database, but
 * never newer. A replica's log has one too. Owned by the thread that writes.
 */
public final class MarkFile implements AutoCloseable {
  static final String SUFFIX = ".mark";

  // The slots lie in blocks of their own: a write that tears one leaves the other as it was.
  private static final int DISTANCE = 4_096;

  private final FileChannel channel;

  private MarkFile(FileChannel channel) {
    this.channel = channel;
  }

  public static Path beside(Path database) {
    return database.resolveSibling(database.getFileName() + SUFFIX);
  }

  /**
   * Reads the newer of the two slots. The other one is older, and never says more than is durable.
   *
   * @return {@link DurableExtent#NONE} where the file is missing: somebody removed it, or it was
   *     never made
   * @throws DataFolderException when it is there, but says nothing
   */
  public static DurableExtent read(Path path) throws IOException {
    if (Files.notExists(path)) {
      return DurableExtent.NONE;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    DurableExtent first = DurableExtent.of(bytes, 0);
    DurableExtent second = DurableExtent.of(bytes, DISTANCE);
    if (first == null && second == null) {
      if (DurableExtent.isNewer(bytes, 0) && DurableExtent.isNewer(bytes, DISTANCE)) {
        throw new DataFolderException(
            path + " was written by a newer toystore than this one: use that one");
      }
      throw DataFolderException.damaged(path, "neither of its two copies can be read", null);
    }
    boolean firstIsNewer = second == null || first != null && first.changes() > second.changes();
    return firstIsNewer ? first : second;
  }

  /**
   * Opens the file, or makes it; from here on a crash of any kind leaves it there. One that a crash
   * left half made would be taken for a damaged one: so it gets its name when it is whole.
   */
  public static MarkFile open(Path path, DurableExtent progress) throws IOException {
    boolean isNew = Files.notExists(path);
    Path opened = isNew ? path.resolveSibling(path.getFileName() + ".tmp") : path;
    MarkFile mark =
        new MarkFile(FileChannel.open(opened, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    mark.set(progress);
    if (isNew) {
      Files.move(opened, path);
    }
    try (FileChannel folder =
        FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
    return mark;
  }

  /**
   * From here on only this is demanded, also where it is less than before; durable when it returns.
   */
  public void set(DurableExtent progress) throws IOException {
    write(progress, 0);
    write(progress, DISTANCE);
    channel.force(true);
  }

  /**
   * This much is durable: more than before. Invariant: one slot of both can always be read. Of a
   * database the slot that is not written has the transaction before; of a log, whose changes grow
   * by several at a time, it may be much older.
   */
  public void write(DurableExtent progress) throws IOException {
    write(progress, progress.changes() % 2 * DISTANCE);
  }

  private void write(DurableExtent progress, long at) throws IOException {
    ByteBuffer bytes = progress.bytes();
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  @Override
  public void close() throws IOException {
    channel.force(false);
    channel.close();
  }
}
