package toystore.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A folder that at most one process uses at a time, for as long as this object is open. */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK_FILE = "lock";
  private static final long LOOK_MS = 1_000;

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private final OpenFiles files = new OpenFiles();
  private final List<OpenFiles> watched = new CopyOnWriteArrayList<>(List.of(files));
  private final CountDownLatch closed = new CountDownLatch(1);

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
      DataFolder folder = new DataFolder(path, channel, lock);
      folder.files.add(path.resolve(LOCK_FILE));
      return folder;
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

  /** The files of this folder that must stay where they are; the lock is one. */
  public OpenFiles files() {
    return files;
  }

  /** These are watched from here on, too; whoever has them looks for them with each write. */
  public void watchToo(OpenFiles more) {
    watched.add(more);
  }

  /**
   * Looks once a second, on a thread of its own, whether all files are still there: whoever writes
   * notices it at once, but an idle service would not.
   *
   * @param onGone told, once, when one is gone or was replaced
   */
  public void watch(Consumer<Throwable> onGone) {
    Thread thread = new Thread(() -> look(onGone), "data-folder");
    thread.setDaemon(true);
    thread.start();
  }

  private void look(Consumer<Throwable> onGone) {
    try {
      while (!closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
        watched.forEach(OpenFiles::demandInPlace);
      }
    } catch (DataFolderException e) {
      onGone.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
    closed.countDown();
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new DataFolderException("data folder " + path + " cannot be released: " + e, e);
    }
  }
}
