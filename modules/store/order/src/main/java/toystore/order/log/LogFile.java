package toystore.order.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of one file of the log. What is written is durable once it is forced, not before. */
public interface LogFile extends Closeable {
  void write(ByteBuffer bytes, long offset) throws IOException;

  void force() throws IOException;

  /** How files are opened: a test's disk may lose what was not forced. */
  @FunctionalInterface
  interface Opener {
    /** Opens a file, or makes an empty one where it is missing. */
    LogFile open(Path path) throws IOException;
  }

  /** The operating system's file. */
  static LogFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new LogFile() {
      @Override
      public void write(ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
          at += channel.write(bytes, at);
        }
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
