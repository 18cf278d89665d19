package toystore.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The PostgreSQL of a test, which is skipped where none is installed. As a static field all tests
 * of a class share one server, and each finds no store in it; as another field each test has its
 * own. Servers that a test starts besides end with it, or with its class.
 */
final class TestPostgres
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final String[] settings;
  private final List<LocalPostgres> nodes = new ArrayList<>();
  private Path folder;
  private boolean shared;

  /** @param settings lines of postgresql.conf, of each of its servers */
  TestPostgres(String... settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    shared = true;
    another("a");
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (shared) {
      node().sql("drop schema if exists toystore cascade");
    } else {
      another("a");
    }
  }

  /** The server that is there from the start. */
  LocalPostgres node() {
    return nodes.get(0);
  }

  /** A server more, which has nothing to do with the first. */
  LocalPostgres another(String name) throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory("postgres");
    }
    return kept(LocalPostgres.start(folder, name, settings));
  }

  /** A server more, which follows the first. */
  LocalPostgres standby(String name) throws IOException {
    return kept(node().standby(name));
  }

  private LocalPostgres kept(LocalPostgres made) {
    nodes.add(made);
    return made;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (!shared) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close();
  }

  private void close() throws IOException {
    for (LocalPostgres node : nodes) {
      node.close();
    }
    nodes.clear();
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      folder = null;
    }
  }
}
