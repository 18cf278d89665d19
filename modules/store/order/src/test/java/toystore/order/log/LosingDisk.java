package toystore.order.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files as the log reads them, and what of them is on disk: a sector gets there with a sync, or may
 * get there before.
 */
final class LosingDisk implements LogFile.Opener {
  // A spare segment is made on a thread of its own.
  private final Map<Object, byte[]> onDisk = new ConcurrentHashMap<>();
  private final List<Moment> moments = Collections.synchronizedList(new ArrayList<>());
  private final Map<Thread, Long> writtenBy = new ConcurrentHashMap<>();
  private boolean failsToSync;
  private boolean dropsWhatItFailedToSync;

  /** A file between two writes: what is on disk for certain, and what could be. */
  record Moment(byte[] certain, byte[] possible) {

    /** What a power failure here may leave: each sector old or new. */
    List<byte[]> outcomes() {
      List<Integer> open = new ArrayList<>();
      for (int at = 0; at < possible.length; at += LogFormat.SECTOR) {
        int end = Math.min(possible.length, at + LogFormat.SECTOR);
        if (!Arrays.equals(certain, at, end, possible, at, end)) {
          open.add(at);
        }
      }
      List<byte[]> outcomes = new ArrayList<>();
      for (int mask = 0; mask < 1 << open.size(); mask++) {
        byte[] outcome = certain.clone();
        for (int place = 0; place < open.size(); place++) {
          if ((mask >> place & 1) != 0) {
            System.arraycopy(possible, open.get(place), outcome, open.get(place), LogFormat.SECTOR);
          }
        }
        outcomes.add(outcome);
      }
      return outcomes;
    }
  }

  private static Object keyOf(Path path) throws IOException {
    return Files.readAttributes(path, "unix:ino").get("ino");
  }

  @Override
  public LogFile open(Path path) throws IOException {
    LogFile file = LogFile.open(path);
    if (path.getFileName().toString().startsWith("promise")) {
      // It has two slots against that, of which LogPromiseTest destroys one after the other.
      return file;
    }
    Object key = keyOf(path);
    if (Files.size(path) == 0) {
      onDisk.put(key, new byte[0]);
    }
    return new LogFile() {
      private byte[] cached = Files.readAllBytes(path);
      private final boolean[] dirty = new boolean[1 << 10];

      @Override
      public void write(ByteBuffer bytes, long offset) throws IOException {
        writtenBy.merge(Thread.currentThread(), (long) bytes.remaining(), Long::sum);
        int at = (int) offset;
        int end = at + bytes.remaining();
        cached = Arrays.copyOf(cached, Math.max(cached.length, end));
        bytes.duplicate().get(cached, at, bytes.remaining());
        Arrays.fill(dirty, at / LogFormat.SECTOR, (end - 1) / LogFormat.SECTOR + 1, true);
        file.write(bytes, offset);
        byte[] certain = Arrays.copyOf(onDisk.get(key), cached.length);
        moments.add(new Moment(certain, cached.clone()));
      }

      @Override
      public void force() throws IOException {
        if (failsToSync) {
          Arrays.fill(dirty, !dropsWhatItFailedToSync);
          throw new IOException("no sync");
        }
        byte[] image = Arrays.copyOf(onDisk.get(key), cached.length);
        for (int at = 0; at < cached.length; at++) {
          image[at] = dirty[at / LogFormat.SECTOR] ? cached[at] : image[at];
        }
        onDisk.put(key, image);
        Arrays.fill(dirty, false);
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /** From here on no sync succeeds; what was to be synced may pass for written from then on. */
  void failSyncs(boolean dropping) {
    failsToSync = true;
    dropsWhatItFailedToSync = dropping;
  }

  void recover() {
    failsToSync = false;
  }

  /** This is the file, and on disk. */
  void put(Path path, byte[] content) throws IOException {
    Files.write(path, content);
    onDisk.put(keyOf(path), content);
  }

  /** What is not on disk is gone. */
  void losePower(Path path) throws IOException {
    Files.write(path, onDisk.get(keyOf(path)));
  }

  /** All moments since this was last asked. */
  List<Moment> takeMoments() {
    List<Moment> taken = List.copyOf(moments);
    moments.clear();
    return taken;
  }

  /** Bytes that the calling thread has written. */
  long writtenHere() {
    return writtenBy.getOrDefault(Thread.currentThread(), 0L);
  }
}
