package toystore.systemtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import toystore.operations.ServiceStatus;
import toystore.operations.TemporaryFolder;
import toystore.operations.UpOptions;

/** Somebody deletes the data under a running store. */
class DeletedFilesIT {
  @RegisterExtension
  static final RunningStore STORE = new RunningStore(UpOptions.defaults());

  /** Nothing is bought any more, so only those notice it that look by themselves. */
  @Test
  void whoseFilesAreGoneEndsAndSaysWhy() throws IOException {
    STORE.shop().buy("Tux", 1).orderNumber();

    for (String service : List.of("catalog", "order-1", "order-2", "order-3")) {
      TemporaryFolder.remove(STORE.store().data(service));
      RunningStore.until(service + " ends", () -> !isUp(service));

      String log = Files.readString(STORE.store().log(service));
      assertTrue(log.contains("fatal=") && log.contains("is gone while it was in use"), log);
    }
  }

  private static boolean isUp(String service) {
    return STORE.store().status().of(service).state() != ServiceStatus.ServiceState.DOWN;
  }
}
