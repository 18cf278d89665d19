package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import toystore.disk.DataFolderException;
import toystore.replication.Effects.Promise;

/**
 * Term and vote, whose they are, whether the replica is rebuilding, and where the log's newest
 * segment starts, in two slots, in blocks of their own. Both get every change, one after the other
 * and each made durable: so a torn one is always the older, or the one that was not answered yet.
 */
final class PromiseFile {
  private final LogFile file;
  private final String owner;
  private Promise promise;
  private boolean rebuilding;
  private long newestSegment;
  private long version;

  private PromiseFile(LogFile file, PromiseFormat.Promised found, String owner) {
    this.file = file;
    this.owner = owner;
    promise = found.promise();
    rebuilding = found.rebuilding();
    newestSegment = found.newestSegment();
    version = found.version();
  }

  /** Makes the file of a replica that has promised nothing, or remembers nothing. */
  static void create(Path path, String owner, boolean rebuilding, LogFile.Opener files)
      throws IOException {
    Path made = path.resolveSibling("promise.tmp");
    // What a crash left of one says nothing of what is on disk.
    Files.deleteIfExists(made);
    try (LogFile file = files.open(made)) {
      PromiseFormat.Promised nothing =
          new PromiseFormat.Promised(Promise.NONE, rebuilding, 0, 0, owner);
      new PromiseFile(file, nothing, owner).write();
    }
    Files.move(made, path);
  }

  /**
   * Opens the file; one that does not say whose it is says so from here on.
   *
   * @throws DataFolderException when it is another one's: what this one promised is unknown then
   */
  static PromiseFile open(Path path, String owner, LogFile.Opener files)
      throws IOException, DamageException {
    PromiseFormat.Promised found = PromiseFormat.read(ByteBuffer.wrap(Files.readAllBytes(path)));
    if (!found.owner().isEmpty() && !found.owner().equals(owner)) {
      throw new DataFolderException(
          "log " + path.getParent() + " belongs to " + found.owner() + ", not " + owner);
    }
    PromiseFile promise = new PromiseFile(files.open(path), found, owner);
    // A slot that is behind, or torn, is made good before anything is promised.
    promise.write();
    return promise;
  }

  Promise promise() {
    return promise;
  }

  boolean rebuilding() {
    return rebuilding;
  }

  /** Both at once; durable when it returns. */
  void set(Promise newPromise, boolean isRebuilding) throws IOException {
    if (!newPromise.equals(promise) || isRebuilding != rebuilding) {
      promise = newPromise;
      rebuilding = isRebuilding;
      write();
    }
  }

  /** Index of the first entry of the newest segment; 0 where there may be none. */
  long newestSegment() {
    return newestSegment;
  }

  /** Durable when it returns. */
  void newestSegment(long firstIndex) throws IOException {
    if (firstIndex != newestSegment) {
      newestSegment = firstIndex;
      write();
    }
  }

  private void write() throws IOException {
    version++;
    PromiseFormat.Promised promised =
        new PromiseFormat.Promised(promise, rebuilding, newestSegment, version, owner);
    for (int slot = 0; slot < 2; slot++) {
      file.write(PromiseFormat.bytes(promised), (long) slot * PromiseFormat.DISTANCE);
      file.force();
    }
  }

  void close() throws IOException {
    file.close();
  }
}
