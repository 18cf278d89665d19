package toystore.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import toystore.model.PurchaseRequest;

/** What one engine's log holds that may not be applied yet. */
@FunctionalInterface
public interface OpenEntries {
  /**
   * The purchases of all entries behind this place, whether they are committed or not.
   *
   * @param folder of the replica, which is down
   */
  List<PurchaseRequest> behind(Path folder, long index) throws IOException;
}
