package toystore.mutation;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Sources of a checkout in which some code is other, and the classes made of them. */
public final class PatchedSources {
  private final SourceTree tree;
  private final Map<String, String> texts = new LinkedHashMap<>();

  public PatchedSources(Path checkout) {
    this(new SourceTree(checkout));
  }

  PatchedSources(SourceTree tree) {
    this.tree = tree;
  }

  /** The checkout that this test runs in. */
  public static Path findCheckout() {
    return SourceTree.findCheckout();
  }

  /** Changes it; after what was changed in that class before. */
  public PatchedSources change(Change change) {
    String name = tree.className(change.source());
    texts.put(name, change.apply(texts.computeIfAbsent(name, tree::text)));
    return this;
  }

  /** Adds a class that production code does not have. */
  public PatchedSources add(String className, String text) {
    texts.put(className, text);
    return this;
  }

  /**
   * Compiles the changed classes and those within them.
   *
   * @return the bytes of each, by its name
   */
  public Map<String, byte[]> compile(String classPath) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (MemoryFiles files = new MemoryFiles(compiler, classPath)) {
      return compile(compiler, files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, byte[]> compile(JavaCompiler compiler, MemoryFiles files) {
    StringWriter complaints = new StringWriter();
    List<String> options = List.of("--release", "17", "-parameters", "-proc:none", "-nowarn", "-g");
    List<JavaFileObject> sources = texts.entrySet().stream()
        .map(each -> MemoryFiles.source(each.getKey(), each.getValue()))
        .toList();
    files.begin();
    if (!compiler.getTask(complaints, files, null, options, null, sources).call()) {
      throw new IllegalStateException("the patched sources do not compile:\n" + complaints);
    }
    return files.made();
  }
}
