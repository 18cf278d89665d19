package toystore.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A store's own copy of the jars, so that a later build never touches a running store. */
final class LibCopy {
  private LibCopy() {}

  /** Makes the copy equal to the source; copies only what differs. Nothing may run from it. */
  static void refresh(Path source, Path copy) {
    try {
      Files.createDirectories(copy);
      List<Path> jars = jars(source);
      if (jars.isEmpty()) {
        throw new OperationFailed("no jars in " + source + ": build first");
      }
      Set<Path> names =
          jars.stream().map(Path::getFileName).collect(Collectors.toUnmodifiableSet());
      for (Path old : jars(copy)) {
        if (!names.contains(old.getFileName())) {
          Files.delete(old);
        }
      }
      for (Path jar : jars) {
        Path target = copy.resolve(jar.getFileName());
        if (!isSame(jar, target)) {
          Files.copy(
              jar, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new OperationFailed("cannot copy the jars to " + copy, e);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static boolean isSame(Path jar, Path copy) throws IOException {
    return Files.exists(copy)
        && Files.size(jar) == Files.size(copy)
        && Files.getLastModifiedTime(jar).equals(Files.getLastModifiedTime(copy));
  }
}
