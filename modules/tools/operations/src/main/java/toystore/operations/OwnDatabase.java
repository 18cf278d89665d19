package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The PostgreSQL of a store that was given none: one node, run by this machine's programs, with its
 * data in the store's folder. It never runs as root: started by root, it runs as the user that
 * Debian makes for it.
 */
final class OwnDatabase {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
  private static final int OLDEST = 15;
  private static final String USER = "postgres";
  private static final Duration UNTIL_MADE = Duration.ofMinutes(3);

  /** Half-made files are never used: the folder gets its name when all is done. */
  private static final String MAKING =
      """
      set -e
      cd /
      umask 077
      rm -rf "$1.half"
      cat > "$1.password"
      "$2/initdb" -D "$1.half" -U toystore -A scram-sha-256 --pwfile="$1.password" \
        --encoding=UTF8 --locale=C --no-instructions
      rm "$1.password"
      echo 'create database toystore' | "$2/postgres" --single -D "$1.half" postgres
      mv "$1.half" "$1"
      """;

  private final StoreFolder folder;

  OwnDatabase(StoreFolder folder) {
    this.folder = folder;
  }

  /**
   * Makes its files, unless they are there.
   *
   * @throws OperationFailed when this machine has no PostgreSQL for them, in words for a person
   */
  void prepare() {
    Path programs = programs();
    folder.makeDatabasePassword();
    makeFolder();
    if (!Files.exists(data())) {
      List<String> making = new ArrayList<>(asItsUser());
      making.addAll(List.of("sh", "-c", MAKING, "sh", data().toString(), programs.toString()));
      Programs.failure(making, folder.readDatabasePassword() + "\n", UNTIL_MADE)
          .ifPresent(complaint -> {
            throw new OperationFailed("cannot make a database in " + data() + ": " + complaint);
          });
    }
  }

  /** What runs it in the foreground. */
  List<String> command(JsonNode conf) {
    List<String> command = new ArrayList<>(asItsUser());
    command.addAll(List.of("sh", "-c", "cd / && exec \"$0\" \"$@\""));
    command.addAll(
        List.of(programs().resolve("postgres").toString(), "-D", data().toString()));
    for (String setting : List.of(
        "listen_addresses=" + conf.path("host").asText(),
        "port=" + conf.path("port").asInt(),
        "unix_socket_directories=",
        // Those of a bench, and of a desk and commands beside them.
        "max_connections=300")) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  /** Whether it takes connections. */
  boolean answers(JsonNode conf) {
    return Programs.run(
        programs().resolve("pg_isready").toString(),
        "-q",
        "-h",
        conf.path("host").asText(),
        "-p",
        String.valueOf(conf.path("port").asInt()));
  }

  private Path data() {
    return folder.data(Service.DATABASE).resolve("books");
  }

  /** Of the version that has made the files, else of the newest. */
  private Path programs() {
    Optional<Integer> made = version();
    Predicate<Integer> fits = made.<Predicate<Integer>>map(version -> version::equals)
        .orElse(version -> version >= OLDEST);
    return versions().stream()
        .filter(fits)
        .max(Comparator.naturalOrder())
        .map(version -> PROGRAMS.resolve(version.toString()).resolve("bin"))
        .orElseThrow(() -> new OperationFailed("there is no PostgreSQL "
            + made.map(String::valueOf).orElse(OLDEST + " or newer") + " in " + PROGRAMS
            + ": on Debian and Ubuntu 'apt-get install postgresql"
            + made.map(version -> "-" + version).orElse("")
            + "' brings it; one that runs elsewhere is used with --postgres URL"));
  }

  private Optional<Integer> version() {
    Path file = data().resolve("PG_VERSION");
    try {
      return Files.exists(file)
          ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new OperationFailed("cannot read the version of the database, " + file, e);
    }
  }

  private static List<Integer> versions() {
    if (!Files.isDirectory(PROGRAMS)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(PROGRAMS)) {
      return folders
          .filter(each -> Files.isExecutable(each.resolve("bin/postgres")))
          .map(each -> each.getFileName().toString())
          .filter(name -> name.matches("[1-9][0-9]{0,3}"))
          .map(Integer::valueOf)
          .toList();
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read " + PROGRAMS, e);
    }
  }

  private void makeFolder() {
    Path own = folder.data(Service.DATABASE);
    try {
      Files.createDirectories(own);
      if (isRoot()) {
        Files.setOwner(
            own, own.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
      }
    } catch (IOException e) {
      throw FileTrouble.failure("cannot make " + own + " for the user " + USER, e);
    }
    List<String> entering = new ArrayList<>(asItsUser());
    entering.addAll(List.of("sh", "-c", "cd \"$1\" && test -w .", "sh", own.toString()));
    if (!Programs.run(entering.toArray(String[]::new))) {
      throw new OperationFailed("the database, which never runs as root, runs as the user " + USER
          + ", and that one cannot write to " + own
          + ": choose a folder that it can reach with --data, or start the store as another user");
    }
  }

  private static boolean isRoot() {
    return ProcessHandle.current().info().user().filter("root"::equals).isPresent();
  }

  private static List<String> asItsUser() {
    return isRoot()
        ? List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups")
        : List.of();
  }
}
