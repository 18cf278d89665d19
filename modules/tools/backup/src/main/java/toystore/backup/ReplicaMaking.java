package toystore.backup;

import java.nio.file.Path;
import toystore.order.ReplicaMaker;

/** How one engine makes the data folder of a replica. */
@FunctionalInterface
public interface ReplicaMaking {
  /**
   * Opens an empty folder.
   *
   * @param service whose folder it is, such as {@code order-2}
   * @param epoch that the replica goes on in
   */
  ReplicaMaker open(Path folder, String service, long epoch);
}
