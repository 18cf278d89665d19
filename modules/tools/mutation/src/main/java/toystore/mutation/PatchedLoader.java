package toystore.mutation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * All classes of the store once more, the changed ones among them: what is changed and what uses it
 * must come from one loader. Libraries are those of the test.
 */
final class PatchedLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final String own;
  private final Map<String, byte[]> changed;
  /** The bytes of the others, shared with the loaders of other mutants. */
  private final Map<String, byte[]> unchanged;

  /** @param own how the names of the classes begin that come from here */
  PatchedLoader(
      ClassLoader parent, String own, Map<String, byte[]> changed, Map<String, byte[]> unchanged) {
    super(parent);
    this.own = own;
    this.changed = changed;
    this.unchanged = unchanged;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(own)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = changed.get(name);
    if (bytes == null) {
      bytes = unchanged.computeIfAbsent(name, this::read);
    }
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] read(String name) {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
