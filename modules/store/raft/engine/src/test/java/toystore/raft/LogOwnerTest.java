package toystore.raft;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import toystore.disk.DataFolder;
import toystore.disk.DataFolderException;
import toystore.model.PurchaseRequest;
import toystore.order.log.SegmentedLog;

/** The log of another replica has the same orders, but not the votes of this one. */
class LogOwnerTest {
  @TempDir
  Path temporary;

  private Path make(String service) {
    Path folder = temporary.resolve(service);
    try (RaftMaker maker = RaftMaker.open(folder, service, 5)) {
      maker.add(List.of(new PurchaseRequest("a", "Tux", 1)));
    }
    return folder;
  }

  private static void open(Path folder) {
    try (DataFolder data = DataFolder.open(folder)) {
      OpenEngine.of(new RaftEngine(), 1, data).log().close();
    }
  }

  @Test
  void theLogOfAnotherReplicaIsRefused() throws IOException {
    Path folder = make("order-1");
    Path other = make("order-2");
    Files.move(folder.resolve(SegmentedLog.FOLDER), temporary.resolve("own"));
    Files.move(other.resolve(SegmentedLog.FOLDER), folder.resolve(SegmentedLog.FOLDER));

    DataFolderException refusal = assertThrows(DataFolderException.class, () -> open(folder));

    assertTrue(refusal.getMessage().contains("log belongs to order-2, not order-1"));
    assertFalse(refusal.isDamage());
    Files.move(folder.resolve(SegmentedLog.FOLDER), other.resolve(SegmentedLog.FOLDER));
    Files.move(temporary.resolve("own"), folder.resolve(SegmentedLog.FOLDER));
    open(folder);
  }
}
