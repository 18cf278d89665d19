package toystore.order.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A file of zeros, made ahead of need on a thread of its own: a new segment then costs its head,
 * not a write of its whole size while others wait. Owned by {@link SegmentedLog}.
 */
final class SpareSegment {
  private static final int PIECE = 64 << 10;

  private final Path path;
  private final int size;
  private final LogFile.Opener files;
  private final Consumer<Throwable> onFailure;
  private FutureTask<LogFile> making;

  /** @param onFailure told, on the thread that makes it, when it cannot be made ahead of need */
  SpareSegment(Path path, int size, LogFile.Opener files, Consumer<Throwable> onFailure) {
    this.path = path;
    this.size = size;
    this.files = files;
    this.onFailure = onFailure;
  }

  /** Begins to make it, unless that was begun before. */
  void prepare() {
    if (making == null) {
      making = new FutureTask<>(this::makeAhead);
      Thread thread = new Thread(making, "spare-segment");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** A disk that refuses is reported at once, not when the file is needed. */
  private LogFile makeAhead() throws IOException {
    try {
      return make();
    } catch (IOException | RuntimeException | Error e) {
      onFailure.accept(e);
      throw e;
    }
  }

  private LogFile make() throws IOException {
    // What a crash left of one says nothing of what is on disk.
    Files.deleteIfExists(path);
    LogFile file = files.open(path);
    zero(file, 0, size);
    file.force();
    return file;
  }

  static void zero(LogFile file, long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(PIECE);
    for (long at = from; at < to; at += PIECE) {
      file.write(zeros.clear().limit((int) Math.min(PIECE, to - at)), at);
    }
  }

  Path path() {
    return path;
  }

  /** The file, durably zeros; waits for it where it is not ready yet. */
  LogFile take() throws IOException {
    if (making == null) {
      return make();
    }
    FutureTask<LogFile> begun = making;
    making = null;
    try {
      return begun.get();
    } catch (ExecutionException e) {
      throw new IOException("segment " + path + " cannot be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + path + " was made");
    }
  }

  /** Removes what nobody took. */
  void close() throws IOException {
    if (making != null) {
      take().close();
      Files.deleteIfExists(path);
    }
  }
}
