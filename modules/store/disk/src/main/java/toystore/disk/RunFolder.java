package toystore.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import toystore.model.Chain;
import toystore.model.KeyHash;

/** The folder of one owner's runs: the seed of their hashes, and a file for each of them. */
final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final String SEED = "seed";
  private static final String TEMPORARY = ".tmp";
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,10})\\.run");
  private static final long IDENTITY = 0x52554e53;

  private final Path path;
  private final RunDisk disk;
  private final long seed;
  private final long identity;

  /** A name that a run has, and what it says. */
  private record Name(Path file, long first, long rows) {
    long end() {
      return first + rows;
    }
  }

  private RunFolder(Path path, RunDisk disk, long seed, long identity) {
    this.path = path;
    this.disk = disk;
    this.seed = seed;
    this.identity = identity;
  }

  /** Makes the folder where it is missing. */
  static RunFolder open(Path path, String owner, RunDisk disk) throws IOException {
    Files.createDirectories(path);
    Long found = readSeed(path.resolve(SEED));
    long seed = found == null ? new SecureRandom().nextLong() : found;
    long identity = new Chain().next(IDENTITY, seed, 0, owner);
    RunFolder folder = new RunFolder(path, disk, seed, identity);
    if (found == null) {
      folder.writeSeed();
    }
    return folder;
  }

  /** Null where there is none that can be read: then no run is of any use either. */
  private static Long readSeed(Path file) throws IOException {
    if (Files.notExists(file)) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.remaining() != 2 * Long.BYTES) {
      return null;
    }
    long seed = bytes.getLong();
    return bytes.getLong() == sealOf(seed) ? seed : null;
  }

  private static long sealOf(long seed) {
    return new Chain().next(IDENTITY, seed, 1);
  }

  private void writeSeed() throws IOException {
    Path temporary = path.resolve(SEED + TEMPORARY);
    try (FileChannel channel = FileChannel.open(
        temporary,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
      disk.append(channel, bytes.putLong(seed).putLong(sealOf(seed)).flip());
      disk.force(channel);
    }
    disk.rename(temporary, path.resolve(SEED));
    disk.forceFolder(path);
  }

  /** From here on no run is of use for who opens the folder, not even one that comes later. */
  void deleteSeed() throws IOException {
    disk.delete(path.resolve(SEED));
    disk.forceFolder(path);
  }

  KeyHash hash() {
    return new KeyHash(seed);
  }

  /** The runs from row 0 on, without a gap; whatever else there is, is deleted. */
  List<Run> load() throws IOException {
    List<Run> runs = new ArrayList<>();
    long end = 0;
    List<Name> unused = new ArrayList<>();
    for (Name name : names()) {
      // The longest of those that begin here comes first; a merge had no time to delete the others.
      Run run = name.first() == end ? open(name) : null;
      if (run != null) {
        runs.add(run);
        end = run.end();
      } else {
        unused.add(name);
      }
    }
    delete(unused, end);
    return runs;
  }

  private Run open(Name name) {
    try {
      Run run = Run.open(name.file(), identity);
      return run != null && run.first() == name.first() && run.rows() == name.rows() ? run : null;
    } catch (IOException e) {
      LOG.warn("run={} became=UNREADABLE reason=\"{}\"", name.file(), e.toString());
      return null;
    }
  }

  private List<Name> names() throws IOException {
    List<Name> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          names.add(new Name(file, Long.parseLong(name.group(1)), Long.parseLong(name.group(2))));
        } else if (file.getFileName().toString().endsWith(TEMPORARY)) {
          disk.delete(file);
        }
      }
    }
    names.sort(
        Comparator.comparingLong(Name::first).thenComparing(Name::rows, Comparator.reverseOrder()));
    return names;
  }

  private void delete(List<Name> unused, long end) throws IOException {
    for (Name name : unused) {
      if (name.end() > end) {
        LOG.warn(
            "run={} became=DELETED reason=\"it is damaged, or one before it is\" rows={}",
            name.file(),
            end);
      }
      disk.delete(name.file());
    }
  }

  /** Writes a run, which is durable when this returns. */
  Run write(RunMerge merge) throws IOException {
    Path file = path.resolve(merge.first() + "-" + merge.rows() + ".run");
    Path temporary = path.resolve(file.getFileName() + TEMPORARY);
    try (RunWriter writer = new RunWriter(disk, temporary, identity, merge.first(), merge.rows())) {
      merge.write(writer);
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
    disk.rename(temporary, file);
    disk.forceFolder(path);
    Run run = Run.open(file, identity);
    if (run == null) {
      throw new IOException(file + " cannot be read as it was written");
    }
    return run;
  }

  /** On a disk that is full, half a run would take from the database what room there is. */
  private void discard(Path temporary, IOException cause) {
    try {
      disk.delete(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Their rows are in another run, or nobody needs them any more. */
  void delete(List<Run> runs) throws IOException {
    for (Run run : runs) {
      disk.delete(run.file());
    }
    disk.forceFolder(path);
  }
}
