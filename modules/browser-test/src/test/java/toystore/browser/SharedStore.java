package toystore.browser;

import java.nio.file.Path;
import toystore.operations.LocalStore;
import toystore.operations.TemporaryStore;
import toystore.operations.UpOptions;

/** A store of real processes on free ports; nothing is left of it when it is closed. */
final class SharedStore implements AutoCloseable {
  private final TemporaryStore home;

  SharedStore() {
    this(UpOptions.defaults());
  }

  SharedStore(UpOptions options) {
    home = TemporaryStore.in(Path.of(System.getProperty("java.io.tmpdir")), "toystore");
    boolean up = false;
    try {
      home.up(options);
      up = true;
    } finally {
      if (!up) {
        home.close();
      }
    }
  }

  LocalStore store() {
    return home.store();
  }

  @Override
  public void close() {
    home.close();
  }
}
