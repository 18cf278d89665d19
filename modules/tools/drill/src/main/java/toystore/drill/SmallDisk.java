package toystore.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import toystore.operations.OperationFailed;
import toystore.operations.Programs;

/** A small disk of its own for the data of one service, which can be filled. Needs root. */
final class SmallDisk {
  private static final String SIZE = "64m";
  private static final int BLOCK_BYTES = 1 << 16;
  private static final String FILLER = "filler";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts it where the service will have its data; false where this is not allowed. */
  static boolean mount(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Programs.run(
        "mount", "-t", "tmpfs", "-o", "size=" + SIZE, "toystore-drill", folder.toString());
  }

  static void unmount(Path folder) {
    // Lazily: a process that hangs must not keep it.
    if (!Programs.run("umount", "-l", folder.toString())) {
      throw new OperationFailed("cannot unmount " + folder);
    }
  }

  static SmallDisk at(Path folder) {
    return new SmallDisk(folder);
  }

  void fill() {
    byte[] block = new byte[BLOCK_BYTES];
    for (int size = BLOCK_BYTES; size >= 1; size /= 16) {
      try (OutputStream filler = Files.newOutputStream(
          folder.resolve(FILLER + size), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          filler.write(block, 0, size);
        }
      } catch (IOException full) {
        // That is what was wanted; smaller pieces may still fit.
      }
    }
  }

  void free() {
    for (int size = BLOCK_BYTES; size >= 1; size /= 16) {
      try {
        Files.deleteIfExists(folder.resolve(FILLER + size));
      } catch (IOException e) {
        throw new OperationFailed("cannot free " + folder, e);
      }
    }
  }
}
