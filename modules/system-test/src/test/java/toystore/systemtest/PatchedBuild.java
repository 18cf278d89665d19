package toystore.systemtest;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A build of this checkout in which a few lines of source are others: broken on purpose, or able to
 * die at a given place. The changed classes are compiled into a jar that comes first on the class
 * path, so production code has no hook for it. Owned by one thread.
 */
final class PatchedBuild {
  private static final int DEEPEST = 16;

  /** First in the order in which bin/vertx lists the jars. */
  private static final String JAR = "0-patched.jar";

  private final Path checkout;
  private final Map<Path, String> sources = new LinkedHashMap<>();

  PatchedBuild(Path checkout) {
    this.checkout = checkout;
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
   * Puts other code in place of some code that is there exactly once.
   *
   * @param source below src/main/java/toystore of any module, as package/Class
   */
  PatchedBuild replace(String source, String code, String other) {
    Path file = file(source);
    String text = sources.computeIfAbsent(file, PatchedBuild::read);
    int at = text.indexOf(code);
    if (at < 0 || text.indexOf(code, at + 1) >= 0) {
      throw new IllegalArgumentException("not exactly once in " + source + ": " + code);
    }
    sources.put(file, text.substring(0, at) + other + text.substring(at + code.length()));
    return this;
  }

  /** Adds a class that production code does not have. */
  PatchedBuild add(String className, String text) {
    sources.put(Path.of(className.replace('.', '/') + ".java"), text);
    return this;
  }

  /** A class has one source, whatever room its module is in. */
  private Path file(String source) {
    Path end = Path.of("src/main/java/toystore/" + source.replace("-", "") + ".java");
    try (Stream<Path> files = Files.find(
        checkout.resolve("modules"), DEEPEST, (file, attributes) -> file.endsWith(end))) {
      return files
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no such class: " + source));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a folder of jars for TOYSTORE_LIB: those of the checkout, and the changed classes. */
  Path into(Path lib) throws IOException {
    if (Files.exists(lib)) {
      RunningStore.delete(lib);
    }
    Files.createDirectories(lib);
    List<Path> jars = jars(checkout.resolve("modules/distribution/target/lib"));
    for (Path jar : jars) {
      Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
    }
    Path work = Files.createTempDirectory("toystore-patched");
    try {
      pack(compile(work, jars), lib.resolve(JAR));
    } finally {
      RunningStore.delete(work);
    }
    return lib;
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private Path compile(Path work, List<Path> jars) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of(
        "--release",
        "17",
        "-parameters",
        "-proc:none",
        "-nowarn",
        "-d",
        classes.toString(),
        "-cp",
        jars.stream().map(Path::toString).collect(Collectors.joining(":"))));
    for (Map.Entry<Path, String> source : sources.entrySet()) {
      Path copy = work.resolve(source.getKey().getFileName());
      Files.writeString(copy, source.getValue());
      arguments.add(copy.toString());
    }
    StringWriter complaints = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    OutputStream errors = new OutputStream() {
      @Override
      public void write(int one) {
        complaints.write(one);
      }
    };
    if (compiler.run(null, null, errors, arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException("the patched sources do not compile:\n" + complaints);
    }
    return classes;
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file :
          files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
