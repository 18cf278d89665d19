package toystore.systemtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import toystore.mutation.Change;
import toystore.mutation.PatchedSources;
import toystore.operations.TemporaryFolder;

/**
 * A build of this checkout in which a few lines of source are others: broken on purpose, or able to
 * die at a given place. The changed classes are compiled into a jar that comes first on the class
 * path, so production code has no hook for it. Owned by one thread.
 */
final class PatchedBuild {
  /** First in the order in which bin/vertx lists the jars. */
  private static final String JAR = "0-patched.jar";

  private final Path checkout;
  private final PatchedSources sources;

  PatchedBuild(Path checkout) {
    this.checkout = checkout;
    this.sources = new PatchedSources(checkout);
  }

  /** The checkout that this test runs in. */
  static Path findCheckout() {
    return PatchedSources.findCheckout();
  }

  /**
   * Puts other code in place of some code that is there exactly once.
   *
   * @param source the name of a class of any module
   */
  PatchedBuild replace(String source, String code, String other) {
    sources.change(new Change(source.replace("-", ""), code, other));
    return this;
  }

  /** Adds a class that production code does not have. */
  PatchedBuild add(String className, String text) {
    sources.add(className, text);
    return this;
  }

  /** Makes a folder of jars for TOYSTORE_LIB: those of the checkout, and the changed classes. */
  Path into(Path lib) throws IOException {
    if (Files.exists(lib)) {
      TemporaryFolder.remove(lib);
    }
    Files.createDirectories(lib);
    List<Path> jars = jars(checkout.resolve("modules/distribution/target/lib"));
    for (Path jar : jars) {
      Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
    }
    String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    pack(sources.compile(classPath), lib.resolve(JAR));
    return lib;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void pack(Map<String, byte[]> classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey().replace('.', '/') + ".class"));
        out.write(each.getValue());
        out.closeEntry();
      }
    }
  }
}
