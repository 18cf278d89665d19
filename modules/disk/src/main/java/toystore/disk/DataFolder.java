package toystore.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that at most one process uses at a time, for as long as this object is open. */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK_FILE = "lock";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the folder where it is missing, and takes it.
   *
   * @throws DataFolderException when another process has it, or it cannot be made or written
   */
  public static DataFolder open(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel = FileChannel.open(
          path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new DataFolderException("data folder " + path + " is in use by another process");
      }
      return new DataFolder(path, channel, lock);
    } catch (IOException e) {
      throw new DataFolderException("data folder " + path + " cannot be used: " + e, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Somebody in this very process has it: no different from another process.
      return null;
    }
  }

  public Path path() {
    return path;
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new DataFolderException("data folder " + path + " cannot be released: " + e, e);
    }
  }
}
