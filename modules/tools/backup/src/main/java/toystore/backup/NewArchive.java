package toystore.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A backup or an export that is being made. It stands under another name, readable by its owner
 * only, until it is whole and was read again; then it gets its name in one step. So whatever has
 * the name is whole. Owned by one thread.
 */
public final class NewArchive implements AutoCloseable {
  private static final String HALF = ".half-";

  private final Path target;
  private final Path half;

  private NewArchive(Path target, Path half) {
    this.target = target;
    this.half = half;
  }

  /**
   * Begins one.
   *
   * @param target where it will be; there must be nothing yet
   * @param bytes that it may take
   * @throws ArchiveFailed when something is there, or the disk has less space than that
   */
  public static NewArchive begin(Path target, long bytes) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    demandAbsent(absolute);
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new ArchiveFailed(target + " is no place for it");
    }
    Files.createDirectories(parent);
    long free = Files.getFileStore(parent).getUsableSpace();
    if (free < bytes) {
      throw new ArchiveFailed("it may take " + megabytes(bytes) + " MB, and " + parent + " has "
          + megabytes(free) + " MB free");
    }
    Path half = Files.createTempDirectory(parent, absolute.getFileName() + HALF);
    return new NewArchive(absolute, half);
  }

  private static void demandAbsent(Path target) {
    if (Files.exists(target)) {
      throw new ArchiveFailed(
          target + " is there already, and nothing is overwritten: choose another name");
    }
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }

  /** Where the export is to be written. */
  public Path store() {
    return half.resolve(BackupFolder.STORE);
  }

  /**
   * Reads it again, and gives the folder its name.
   *
   * @param stock what toys are restocked to; null where nobody has said
   */
  public Manifest finishBackup(Export export, Integer stock) throws IOException {
    demandReadable(export);
    Manifest manifest = Manifest.of(export, stock, BackupFolder.describe(store()));
    BackupFolder.write(half, manifest);
    for (String name : List.of(BackupFolder.STORE, BackupFolder.MANIFEST)) {
      force(half.resolve(name), StandardOpenOption.WRITE);
    }
    force(half, StandardOpenOption.READ);
    moveToTarget(half);
    return manifest;
  }

  /** Reads it again, and gives the file its name. */
  public void finishExport(Export export) throws IOException {
    demandReadable(export);
    force(store(), StandardOpenOption.WRITE);
    moveToTarget(store());
  }

  private void demandReadable(Export written) throws IOException {
    try (InputStream in = Files.newInputStream(store())) {
      Export found = new ExportReader(in, store().toString(), ExportSink.NONE).read();
      if (!found.equals(written)) {
        throw new ArchiveFailed("what was written is not what is on the disk: " + found);
      }
    }
  }

  private void moveToTarget(Path made) throws IOException {
    demandAbsent(target);
    try {
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw new ArchiveFailed(target + " was made by another meanwhile", e);
    }
    force(target.getParent(), StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** What has not got its name is deleted. */
  @Override
  public void close() throws IOException {
    if (Files.exists(half)) {
      List<Path> left;
      try (Stream<Path> files = Files.walk(half)) {
        left = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }
}
