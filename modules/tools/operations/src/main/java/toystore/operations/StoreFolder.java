package toystore.operations;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The data folder of a store: where each thing in it is.
 *
 * @param root absolute
 */
record StoreFolder(Path root) {
  static final String LOGS = "log";

  private static final String FURTHER_LIB = "lib-";

  private static final int TOKEN_BYTES = 32;

  /** Whether that path leads to this folder too, also when neither is there any more. */
  boolean isAt(Path other) {
    return root.equals(other) || real(root).equals(real(other));
  }

  private static Path real(Path path) {
    for (Path there = path; there != null; there = there.getParent()) {
      try {
        return there.toRealPath().resolve(there.relativize(path));
      } catch (IOException absent) {
        // Then what is above it.
      }
    }
    return path;
  }

  /** The jars from which services are started. */
  Path lib() {
    return root.resolve(memory().map(Memory::lib).orElse(Memory.FIRST_LIB));
  }

  /** A name for another folder of jars: no service runs from there. */
  String unusedLib() {
    int next = 2;
    while (Files.exists(root.resolve(FURTHER_LIB + next))) {
      next++;
    }
    return FURTHER_LIB + next;
  }

  /** Removes the jars of earlier builds; nothing may run. */
  void dropFurtherLibs() {
    try (Stream<Path> files = Files.list(root)) {
      for (Path lib : files
          .filter(file -> file.getFileName().toString().startsWith(FURTHER_LIB))
          .toList()) {
        drop(lib);
      }
    } catch (IOException e) {
      throw FileTrouble.failure("cannot remove the jars of an earlier build from " + root, e);
    }
  }

  private static void drop(Path folder) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.walk(folder)) {
      left = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  Path token() {
    return installedConf().orElse(root).resolve("token");
  }

  /** What all services run with. */
  Path confs() {
    return installedConf().orElseGet(() -> root.resolve("conf"));
  }

  /**
   * The folder of the configuration where systemd runs the services; empty for a store that
   * commands start.
   */
  Optional<Path> installedConf() {
    if (Files.isDirectory(root) && !Files.isExecutable(root)) {
      throw new OperationFailed(
          "the store in " + root + " belongs to another user: use sudo, or --data DIR");
    }
    Path marker = root.resolve("installation.json");
    return Files.exists(marker)
        ? Proc.path(Json.read(marker).path("conf").asText())
        : Optional.empty();
  }

  /** The configuration that the service runs with. */
  Path conf(Service service) {
    return confs().resolve(service + ".json");
  }

  /** The service's own folder. */
  Path data(Service service) {
    return root.resolve(service.name());
  }

  /** The database file of a replica. */
  Path orders(Service replica) {
    return data(replica).resolve("orders.db");
  }

  Path log(Service service) {
    return root.resolve(LOGS).resolve(service + ".log");
  }

  /** What the store's lab works with. */
  Path labConf() {
    return confs().resolve("lab.json");
  }

  Path labLog() {
    return root.resolve(LOGS).resolve("lab.log");
  }

  /** Which process runs the lab. */
  Path labRun() {
    return root.resolve("run").resolve("lab.json");
  }

  /** Which process runs the service. */
  Path run(Service service) {
    return root.resolve("run").resolve(service + ".json");
  }

  /**
   * An empty folder for what the service's process unpacks; a killed one has left its own there.
   */
  Path makeScratch(Service service) throws IOException {
    Path scratch = root.resolve("run").resolve(service + ".tmp");
    if (Files.exists(scratch)) {
      drop(scratch);
    }
    return Files.createDirectories(scratch);
  }

  private Path memoryFile() {
    return root.resolve("store.json");
  }

  /** Empty for a folder in which no store was ever started. */
  Optional<Memory> memory() {
    Optional<Path> installed = installedConf();
    if (installed.isPresent()) {
      return Optional.of(Memory.ofInstallation(installed.get()));
    }
    return Files.exists(memoryFile())
        ? Optional.of(Memory.of(Json.read(memoryFile())))
        : Optional.empty();
  }

  void remember(Memory memory) {
    Json.write(memoryFile(), memory.toJson());
  }

  void forget() {
    try {
      Files.deleteIfExists(memoryFile());
    } catch (IOException e) {
      throw FileTrouble.failure("cannot delete " + memoryFile(), e);
    }
  }

  String readToken() {
    return read(token(), "the store's token");
  }

  private static String read(Path secret, String what) {
    try {
      return Files.readString(secret).strip();
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + what + ", " + secret, e);
    }
  }

  /** Makes the token that the services know each other by, unless it is there. */
  void makeToken() {
    makeSecret(token(), "the store's token");
  }

  /** By which desks are known to the store's own database. */
  Path databasePassword() {
    return root.resolve("database-password");
  }

  void makeDatabasePassword() {
    makeSecret(databasePassword(), "the database's password");
  }

  String readDatabasePassword() {
    return read(databasePassword(), "the database's password");
  }

  private static void makeSecret(Path file, String what) {
    if (Files.exists(file)) {
      return;
    }
    byte[] secret = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(secret);
    Path half = file.resolveSibling(file.getFileName() + ".half");
    try {
      Files.deleteIfExists(half);
      // Owner-only from its first moment.
      Files.createFile(
          half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(half, HexFormat.of().formatHex(secret) + "\n");
      Files.move(half, file);
    } catch (IOException e) {
      throw FileTrouble.failure("cannot make " + what + ", " + file, e);
    }
  }

  /**
   * Does it while no other command starts or stops processes of this store.
   *
   * @param patience with another command that is at work
   */
  <T> T locked(OperatorWait patience, Supplier<T> work) {
    Path file = root.resolve("run").resolve("lock");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (!patience.await(() -> tryLock(channel), () -> "for " + otherCommand(file))) {
          throw new OperationFailed(
              otherCommand(file) + " is still at work on the store in " + root);
        }
        return work.get();
      }
    } catch (IOException e) {
      throw new OperationFailed(
          "cannot use the data folder " + root + ": " + FileTrouble.reason(e)
              + "; another one is chosen with --data DIR, or TOYSTORE_DATA",
          e);
    }
  }

  private static String otherCommand(Path lock) {
    return FileLocks.holder(lock).map(ProcessText::of).orElse("another command");
  }

  private static boolean tryLock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another thread of this process has it
    } catch (IOException e) {
      throw FileTrouble.failure("cannot lock", e);
    }
  }
}
