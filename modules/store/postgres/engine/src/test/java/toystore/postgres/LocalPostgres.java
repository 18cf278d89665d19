package toystore.postgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL of a test, of Debian's binaries, in a folder that the test gives it. */
final class LocalPostgres implements AutoCloseable {
  private static final Path DEBIANS = Path.of("/usr/lib/postgresql");
  private static final int SECONDS = 300;

  private final Path bin;
  private final Path folder;
  private final String name;
  private final int port;

  private LocalPostgres(Path bin, Path folder, String name) throws IOException {
    this.bin = bin;
    this.folder = folder;
    this.name = name;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  /** A new one that runs; the test is skipped where there are no binaries. */
  static LocalPostgres start(Path folder, String name, String... settings) throws IOException {
    Optional<Path> bin = binaries();
    Assumptions.assumeTrue(
        bin.isPresent(), "PostgreSQL is not installed: apt-get install postgresql");
    // The server's user is another one than root, and must get there.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    LocalPostgres made = new LocalPostgres(bin.get(), folder, name);
    made.run("initdb", "-D", made.data(), "-U", "toystore", "-A", "trust", "--no-sync");
    made.configure(settings);
    made.up();
    made.run("createdb", "-h", "127.0.0.1", "-p", made.port + "", "-U", "toystore", "toystore");
    return made;
  }

  private static Optional<Path> binaries() throws IOException {
    if (!Files.isDirectory(DEBIANS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIANS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    }
  }

  /**
   * From now on it lets nobody in but by TLS and with this password.
   *
   * @return whom to trust for it: its own certificate, of its address and of no name
   */
  Path demandTls(String password) throws IOException {
    sql("alter role toystore password '" + password + "'");
    Path made = certificate("server");
    run(
        "sh",
        "-c",
        "echo 'hostssl all all 127.0.0.1/32 scram-sha-256' > '" + data() + "/pg_hba.conf'");
    configure("ssl=on");
    run(
        "pg_ctl",
        "-D",
        data(),
        "-w",
        "restart",
        "-l",
        folder.resolve(name + ".log").toString());
    return made;
  }

  /** A new one beside its data. */
  Path certificate(String file) throws IOException {
    String place = data() + "/" + file;
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=test",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        place + ".key",
        "-out",
        place + ".crt");
    run("chmod", "600", place + ".key");
    return Path.of(place + ".crt");
  }

  /** A standby of this one that runs. */
  LocalPostgres standby(String standbyName) throws IOException {
    LocalPostgres made = new LocalPostgres(bin, folder, standbyName);
    made.run("pg_basebackup", "-D", made.data(), "-d", link(), "-X", "stream", "-c", "fast");
    made.follow(this);
    made.up();
    return made;
  }

  /** Of a standby that does not run: whom it follows from its next start on. */
  void follow(LocalPostgres primary) throws IOException {
    configure("primary_conninfo='" + primary.link() + " application_name=" + name + "'");
    run("touch", data() + "/standby.signal");
  }

  private String link() {
    return "host=127.0.0.1 port=" + port + " user=toystore";
  }

  private void configure(String... settings) throws IOException {
    List<String> lines = new ArrayList<>(List.of(
        "port=" + port,
        "listen_addresses='127.0.0.1'",
        "unix_socket_directories=''",
        "shared_buffers='16MB'"));
    lines.addAll(List.of(settings));
    Path file = Files.createTempFile(folder, "more", ".conf");
    Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    run("sh", "-c", "cat '" + file + "' >> '" + data() + "/postgresql.conf'");
  }

  private String data() {
    return folder.resolve(name).toString();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void up() throws IOException {
    run("pg_ctl", "-D", data(), "-l", folder.resolve(name + ".log").toString(), "-w", "start");
  }

  /** Ends it in order. */
  void stop() throws IOException {
    run("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop");
  }

  /** Ends it as a crash does. */
  void crash() throws IOException {
    run("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
  }

  void promote() throws IOException {
    run("pg_ctl", "-D", data(), "-w", "promote");
  }

  /** The answer of a statement, its columns with bars between. */
  String sql(String statement) throws IOException {
    return run(
            "psql",
            "-h",
            "127.0.0.1",
            "-p",
            port + "",
            "-U",
            "toystore",
            "-d",
            "toystore",
            "-X",
            "-Atq",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statement)
        .strip();
  }

  private String run(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    if (ProcessHandle.current().info().user().orElse("").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    }
    Path program = bin.resolve(words[0]);
    command.add(Files.isExecutable(program) ? program.toString() : words[0]);
    command.addAll(List.of(words).subList(1, words.length));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Process process = new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
    boolean ended = process
        .onExit()
        .handle((exit, failure) -> failure == null)
        .completeOnTimeout(false, SECONDS, TimeUnit.SECONDS)
        .join();
    String said = Files.readString(out);
    if (!ended || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " said " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(Path.of(data(), "postmaster.pid"))) {
      crash();
    }
  }
}
