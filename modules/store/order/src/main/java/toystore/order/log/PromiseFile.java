package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import toystore.replication.Effects.Promise;

/**
 * Term and vote, and where the log's newest segment starts, in two slots, in blocks of their own.
 * Both get every change, one after the other and each made durable: so a torn one is always the
 * older, or the one that was not answered yet.
 */
final class PromiseFile {
  private final LogFile file;
  private Promise promise;
  private long newestSegment;
  private long version;

  private PromiseFile(LogFile file, LogFormat.Promised found) {
    this.file = file;
    promise = found.promise();
    newestSegment = found.newestSegment();
    version = found.version();
  }

  /** Makes the file of a replica that has promised nothing, or remembers nothing. */
  static void create(Path path, LogFile.Opener files) throws IOException {
    Path made = path.resolveSibling("promise.tmp");
    // What a crash left of one says nothing of what is on disk.
    Files.deleteIfExists(made);
    try (LogFile file = files.open(made)) {
      new PromiseFile(file, new LogFormat.Promised(Promise.NONE, 0, 0)).write();
    }
    Files.move(made, path);
  }

  static PromiseFile open(Path path, LogFile.Opener files) throws IOException, DamageException {
    LogFormat.Promised found = LogFormat.readPromise(ByteBuffer.wrap(Files.readAllBytes(path)));
    PromiseFile promise = new PromiseFile(files.open(path), found);
    // A slot that is behind, or torn, is made good before anything is promised.
    promise.write();
    return promise;
  }

  Promise promise() {
    return promise;
  }

  /** Durable when it returns. */
  void set(Promise newPromise) throws IOException {
    if (!newPromise.equals(promise)) {
      promise = newPromise;
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
    LogFormat.Promised promised = new LogFormat.Promised(promise, newestSegment, version);
    for (int slot = 0; slot < 2; slot++) {
      file.write(LogFormat.promise(promised), (long) slot * LogFormat.PROMISE_DISTANCE);
      file.force();
    }
  }

  void close() throws IOException {
    file.close();
  }
}
