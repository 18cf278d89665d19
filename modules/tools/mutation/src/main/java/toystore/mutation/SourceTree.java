package toystore.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The main sources of all modules of a checkout, whatever folder a module is in. */
final class SourceTree {
  private static final Path MAIN = Path.of("src", "main", "java", "toystore");

  private final Map<String, Path> files = new HashMap<>();

  SourceTree(Path checkout) {
    try {
      Files.walkFileTree(checkout.resolve("modules"), new Collector());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The checkout that this test runs in. */
  static Path findCheckout() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("bin/vertx"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /**
   * The class that is called so.
   *
   * @param source its own name, or package/Class below toystore where two have that name
   */
  String className(String source) {
    List<String> named = files.keySet().stream()
        .filter(each -> each.equals(source) || each.endsWith("/" + source))
        .toList();
    if (named.size() != 1) {
      throw new IllegalArgumentException(source + " names " + named);
    }
    return "toystore." + named.get(0).replace('/', '.');
  }

  /** The source of this class. */
  String text(String className) {
    try {
      return Files.readString(
          files.get(className.substring("toystore.".length()).replace('.', '/')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Collector extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      for (Path root = file.getParent(); root != null; root = root.getParent()) {
        if (root.endsWith(MAIN) && file.toString().endsWith(".java")) {
          String source = root.relativize(file).toString();
          files.put(source.substring(0, source.length() - ".java".length()), file);
          break;
        }
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
