package toystore.browser;

import java.nio.file.Path;
import toystore.operations.LocalStore;
import toystore.operations.TemporaryStore;
import toystore.operations.UpOptions;

/** A store of real processes on free ports; nothing is left of it when it is closed. */
final class SharedStore implements AutoCloseable {
  private static final int RESTOCK_MS = 600_000;

  private final TemporaryStore home;

  /** What is sold out stays so for as long as the tests take. */
  SharedStore() {
    this(UpOptions.defaults().withTailoring((service, conf) -> {
      if (conf.has("restockPeriodMs")) {
        conf.put("restockPeriodMs", RESTOCK_MS);
      }
    }));
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
