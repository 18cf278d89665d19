package toystore.order.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The operating system's files, of which those in one folder may take their time. */
public final class HangingDisk implements LogFile.Opener {
  private volatile Path folder = Path.of("nowhere");
  private volatile CountDownLatch hung = new CountDownLatch(0);

  /** Nothing in this folder becomes durable any more. */
  public void hang(Path inFolder) {
    hung = new CountDownLatch(1);
    folder = inFolder;
  }

  /** What was to become durable does so now. */
  public void goOn() {
    hung.countDown();
  }

  @Override
  public LogFile open(Path path) throws IOException {
    LogFile file = LogFile.open(path);
    return new LogFile() {
      @Override
      public void write(ByteBuffer bytes, long offset) throws IOException {
        file.write(bytes, offset);
      }

      @Override
      public void force() throws IOException {
        if (path.startsWith(folder)) {
          await();
        }
        file.force();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  private void await() throws IOException {
    try {
      hung.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
