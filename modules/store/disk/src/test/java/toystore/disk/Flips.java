package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Flips bits in the files that a killed service left, one at a time, and looks what an opening then
 * shows: it must be refused, or show what was there before, and so must the opening after that one.
 *
 * <p>How many bits of each file: the system property {@code flips}.
 */
public final class Flips {
  private static final int COUNT = Integer.getInteger("flips", 10);
  private static final int BITS = 8;

  private final Path original;
  private final Path scratch;
  private final Opening opening;
  private final Object expected;

  /** Opens the files of a folder, closes them again, and gives all that they said. */
  @FunctionalInterface
  public interface Opening {
    /** @throws DataFolderException when they are refused */
    Object of(Path folder) throws IOException;
  }

  /**
   * What became of the flips in one file.
   *
   * @param refused openings that were refused
   * @param same openings that showed what was there before
   * @param wrong places and what was shown there instead
   */
  public record Outcome(String file, int refused, int same, List<String> wrong) {}

  /** @param original a folder of files as a kill leaves them; it stays as it is */
  public Flips(Path original, Path scratch, Opening opening) throws IOException {
    this.original = original;
    this.scratch = scratch;
    this.opening = opening;
    copy();
    expected = opening.of(scratch);
  }

  /** Flips bits of this file of the folder, chosen by the seed. */
  public Outcome in(Path file, long seed) throws IOException {
    Random random = new Random(seed);
    long bytes = Files.size(original.resolve(file));
    int refused = 0;
    int same = 0;
    List<String> wrong = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      long bit = random.nextLong(bytes * BITS);
      copy();
      flip(scratch.resolve(file), bit);
      Object first = look();
      Object second = look();
      if (!isRight(first) || !isRight(second)) {
        wrong.add("bit " + bit + ": " + first + ", then " + second);
      } else if (first == null) {
        refused++;
      } else {
        same++;
      }
    }
    Outcome outcome = new Outcome(file.toString(), refused, same, wrong);
    System.getLogger("flips").log(System.Logger.Level.INFO, outcome.toString());
    return outcome;
  }

  private boolean isRight(Object shown) {
    return shown == null || shown.equals(expected);
  }

  /** What the files say; null where they are refused. */
  private Object look() throws IOException {
    try {
      return opening.of(scratch);
    } catch (DataFolderException refusal) {
      return null;
    } catch (RuntimeException e) {
      return e; // Not a clear word.
    }
  }

  private void copy() throws IOException {
    delete(scratch);
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(
            file, scratch.resolve(original.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void flip(Path file, long bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, bit / BITS);
      one.put(0, (byte) (one.get(0) ^ 1 << bit % BITS)).rewind();
      channel.write(one, bit / BITS);
    }
  }

  /** The folder as it is now, while it is in use: what a kill would leave. */
  public static void copyAsKilled(Path folder, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(folder.relativize(file)));
      }
    }
  }
}
