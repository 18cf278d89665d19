package toystore.raft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import toystore.replication.Effects.Promise;

/**
 * Term and vote, and where the log's newest segment starts, in two slots of a sector each. Both get
 * every change, one after the other and each made durable: so a torn one is always the older, or the
 * one that was not answered yet.
 */
final class PromiseFile {
  private final FileChannel channel;
  private Promise promise;
  private long newestSegment;
  private long version;

  private PromiseFile(FileChannel channel, LogFormat.Promised found) {
    this.channel = channel;
    promise = found.promise();
    newestSegment = found.newestSegment();
    version = found.version();
  }

  /** Makes the file of a replica that has promised nothing, or remembers nothing. */
  static void create(Path path) throws IOException {
    Path made = path.resolveSibling("promise.tmp");
    try (FileChannel channel = FileChannel.open(
        made,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      PromiseFile file = new PromiseFile(channel, new LogFormat.Promised(Promise.NONE, 0, 0));
      file.write();
    }
    Files.move(made, path);
  }

  static PromiseFile open(Path path) throws IOException, LogFormat.DamageException {
    LogFormat.Promised found = LogFormat.readPromise(ByteBuffer.wrap(Files.readAllBytes(path)));
    PromiseFile file = new PromiseFile(
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), found);
    // A slot that is behind, or torn, is made good before anything is promised.
    file.write();
    return file;
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
    for (int slot = 0; slot < 2; slot++) {
      ByteBuffer bytes = LogFormat.promise(new LogFormat.Promised(promise, newestSegment, version));
      long at = (long) slot * LogFormat.PROMISE_SIZE;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      channel.force(true);
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
