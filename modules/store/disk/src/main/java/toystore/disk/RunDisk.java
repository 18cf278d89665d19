package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What is done to the files of runs, in steps: a test stops after any of them. A file is seen under
 * its name only once it is whole.
 */
interface RunDisk {
  /** The operating system's files. */
  RunDisk OF_THE_SYSTEM = new RunDisk() {};

  /** Writes these bytes behind those that the file has. */
  default void append(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  default void force(FileChannel file) throws IOException {
    file.force(false);
  }

  /** The file has this name from here on, instead of any other file. */
  default void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** The names in this folder survive a crash. */
  default void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
