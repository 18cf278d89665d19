package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The operating system's files, until they fail. */
public final class BrokenDisk implements LogFile.Opener {
  /** The operating system's own disk without space. */
  private static final Path FULL_DISK = Path.of("/dev/full");

  public enum Fault {
    NONE,
    /** A write fails. */
    WRITE,
    /** What was written cannot be made durable. */
    SYNC,
    /** A write fails as it does for want of space. */
    FULL
  }

  private final Supplier<Fault> fault;

  public BrokenDisk(Supplier<Fault> fault) {
    this.fault = fault;
  }

  @Override
  public LogFile open(Path path) throws IOException {
    LogFile file = LogFile.open(path);
    return new LogFile() {
      @Override
      public void write(ByteBuffer bytes, long offset) throws IOException {
        Fault now = fault.get();
        if (now == Fault.WRITE) {
          throw new IOException("no write");
        }
        if (now == Fault.FULL) {
          try (LogFile full = LogFile.open(FULL_DISK)) {
            full.write(bytes, offset);
          }
        }
        file.write(bytes, offset);
      }

      @Override
      public void force() throws IOException {
        if (fault.get() == Fault.SYNC) {
          throw new IOException("no sync");
        }
        file.force();
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
