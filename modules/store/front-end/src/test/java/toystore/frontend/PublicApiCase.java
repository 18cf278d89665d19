package toystore.frontend;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A front-end over HTTP, one for all tests of a class; the catalog and the replicas are fakes. It
 * belongs to the instance, since classes run at the same time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PublicApiCase {
  Path folder;
  FakeStore store;

  @BeforeAll
  void start(@TempDir Path dataFolder) {
    folder = dataFolder;
    store = new FakeStore(folder);
    store.awaitServing();
  }

  @AfterAll
  void stop() {
    store.close();
  }
}
