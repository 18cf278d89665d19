package toystore.operations;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the system says of processes. One that has ended, or is not ours to see, has nothing. */
final class Proc {
  static final Path ROOT = Path.of("/proc");

  private Proc() {}

  static List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(ROOT, "[1-9]*")) {
      folders.forEach(folder -> pids.add(Long.parseLong(folder.getFileName().toString())));
      return pids;
    } catch (IOException e) {
      throw FileTrouble.failure("cannot read /proc: processes are known by it", e);
    }
  }

  static List<String> commandLine(long pid) {
    return strings(file(pid, "cmdline"));
  }

  /** The value of that variable, as the process was started with it. */
  static Optional<String> variable(long pid, String name) {
    return strings(file(pid, "environ")).stream()
        .filter(variable -> variable.startsWith(name + "="))
        .map(variable -> variable.substring(name.length() + 1))
        .findFirst();
  }

  static Optional<Path> workingFolder(long pid) {
    return target(file(pid, "cwd")).flatMap(Proc::path);
  }

  /** Where its standard output goes; a file that was deleted is told by its ending. */
  static Optional<String> output(long pid) {
    return target(file(pid, "fd/1"));
  }

  /** Whether the process has that socket. */
  static boolean hasSocket(long pid, long inode) {
    String wanted = "socket:[" + inode + "]";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(file(pid, "fd"))) {
      for (Path open : files) {
        if (target(open).filter(wanted::equals).isPresent()) {
          return true;
        }
      }
      return false;
    } catch (IOException | DirectoryIteratorException gone) {
      return false;
    }
  }

  static List<String> lines(String name) {
    try {
      return Files.readAllLines(ROOT.resolve(name), StandardCharsets.ISO_8859_1);
    } catch (IOException absent) {
      return List.of();
    }
  }

  static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path file(long pid, String name) {
    return ROOT.resolve(Long.toString(pid)).resolve(name);
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** As file names are coded here: most of these strings are such names. */
  private static List<String> strings(Path file) {
    try {
      String names = System.getProperty("sun.jnu.encoding", "UTF-8");
      String text = new String(Files.readAllBytes(file), Charset.forName(names));
      return List.of(text.split("\0"));
    } catch (IOException gone) {
      return List.of();
    }
  }
}
