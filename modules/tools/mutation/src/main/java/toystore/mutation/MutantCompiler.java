package toystore.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Makes mutants that run beside the real classes, in this process. Owned by one thread. */
public final class MutantCompiler implements AutoCloseable {
  private final String own;
  private final SourceTree tree = new SourceTree(SourceTree.findCheckout());
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final MemoryFiles files = new MemoryFiles(compiler, classPath());
  private final Map<String, byte[]> unchanged = new ConcurrentHashMap<>();

  /** For all classes of the store. */
  public MutantCompiler() {
    this("toystore.");
  }

  /** @param own how the names of the classes begin that are loaded anew */
  MutantCompiler(String own) {
    this.own = own;
  }

  /** Surefire's own word for it, where it hides the class path in a jar. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * Makes this function of the mutant's classes. Only what Java itself defines can pass in and out:
   * a class of the store is another one inside.
   *
   * @param inside has a constructor without parameters
   */
  public <A, R> Function<A, R> make(Mutant mutant, Class<? extends Function<A, R>> inside) {
    PatchedSources sources = new PatchedSources(tree);
    mutant.changes().forEach(sources::change);
    ClassLoader loader = new PatchedLoader(
        inside.getClassLoader(), own, sources.compile(compiler, files), unchanged);
    try {
      Constructor<?> constructor = loader.loadClass(inside.getName()).getDeclaredConstructor();
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked") // The same class, but for the loader.
      Function<A, R> made = (Function<A, R>) constructor.newInstance();
      return made;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(inside + " cannot be made in " + mutant, e);
    }
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
