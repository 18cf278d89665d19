package toystore.operations;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store's own folder of the jars, so that a later build never touches a running store. Links
 * where the file system has them: the archive of parsed classes is good for the very same files
 * only.
 */
final class LibCopy {
  private LibCopy() {}

  /** Makes the copy equal to the source; brings only what differs. Nothing may run from it. */
  static void refresh(Path source, Path copy) {
    try {
      Files.createDirectories(copy);
      List<Path> files = filesOf(source);
      if (files.stream().noneMatch(LibCopy::isJar)) {
        throw new OperationFailed("no jars in " + source + ": build first");
      }
      Set<Path> names =
          files.stream().map(Path::getFileName).collect(Collectors.toUnmodifiableSet());
      for (Path old : filesOf(copy)) {
        if (!names.contains(old.getFileName())) {
          Files.delete(old);
        }
      }
      for (Path file : files) {
        bring(file.toRealPath(), copy.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw FileTrouble.failure("cannot copy the jars of " + source + " to " + copy, e);
    }
  }

  /** Whether the copy is of this very build. */
  static boolean isCopy(Path source, Path copy) {
    try {
      List<Path> jars = filesOf(source).stream().filter(LibCopy::isJar).toList();
      for (Path jar : jars) {
        Path itsCopy = copy.resolve(jar.getFileName());
        if (!isSame(jar.toRealPath(), itsCopy)) {
          return false;
        }
      }
      return filesOf(copy).stream().filter(LibCopy::isJar).count() == jars.size();
    } catch (IOException e) {
      throw FileTrouble.failure("cannot compare the jars of " + source + " and " + copy, e);
    }
  }

  private static void bring(Path file, Path target) throws IOException {
    if (Files.exists(target) && Files.isSameFile(file, target)) {
      return;
    }
    if (link(file, target)) {
      return;
    }
    if (!isJar(file)) {
      Files.deleteIfExists(target); // an archive fits no copies
    } else if (!isSame(file, target)) {
      Files.copy(
          file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** False where there can be no link: another file system, or one without links. */
  private static boolean link(Path file, Path target) throws IOException {
    Path half = target.resolveSibling(target.getFileName() + ".half");
    Files.deleteIfExists(half);
    try {
      Files.createLink(half, file);
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false;
    }
    Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static List<Path> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> isJar(file) || file.toString().endsWith(".jsa"))
          .toList();
    }
  }

  private static boolean isJar(Path file) {
    return file.toString().endsWith(".jar");
  }

  private static boolean isSame(Path jar, Path copy) throws IOException {
    return Files.exists(copy)
        && Files.size(jar) == Files.size(copy)
        && Files.getLastModifiedTime(jar).equals(Files.getLastModifiedTime(copy));
  }
}
