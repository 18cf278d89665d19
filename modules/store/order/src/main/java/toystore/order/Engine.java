package toystore.order;

import java.util.function.Consumer;
import toystore.disk.DataFolder;
import toystore.edge.MessageFormat;
import toystore.edge.Settings;
import toystore.model.EngineName;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;

/** What makes one replication engine differ from another, for {@link ReplicaShell}. */
public interface Engine {

  EngineName name();

  /** The messages of its core, on the wire. */
  MessageFormat messageFormat();

  /** Reads the keys of the configuration that only this engine knows. */
  default void configure(Settings settings) {}

  /**
   * Reads what is on disk and makes the core of it. Takes its time; not for an event loop.
   *
   * @param onFailure told, on any thread, of a write that failed: the process must end
   * @throws toystore.disk.DataFolderException when the files must not or cannot be used
   */
  OpenedEngine open(OrderConfig config, DataFolder folder, Consumer<Throwable> onFailure);

  /**
   * An opened engine.
   *
   * @param book all that is applied already
   * @param orders keeps what is applied from now on
   * @param older orders of the book that are not in memory
   */
  record OpenedEngine(
      ReplicaCore core, DurableLog log, OrderStore orders, OrderBook book, SealedOrders older) {
    public OpenedEngine(ReplicaCore core, DurableLog log, OrdersOnDisk files) {
      this(core, log, files.store(), files.book(), files.older());
    }
  }
}
