package toystore.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import toystore.backup.OpenEntries;
import toystore.backup.ReplicaMaking;
import toystore.model.EngineName;
import toystore.model.PurchaseRequest;
import toystore.order.OrdersFile;
import toystore.order.PrimaryBackupMaker;
import toystore.order.log.LogReading;
import toystore.order.log.SegmentedLog;
import toystore.raft.RaftMaker;
import toystore.replication.Entry;

/**
 * The files of an engine's replicas, for commands that use them while no replica runs.
 *
 * @param maker how the data folder of a replica is made without one
 * @param tail how what may not be applied yet is read from the folder of a replica that is down
 */
record EngineFiles(ReplicaMaking maker, OpenEntries tail) {

  /**
   * Refuses an engine that has none.
   *
   * @throws OperationFailed in words for a person
   */
  static void demand(EngineName engine) {
    of(engine);
  }

  static EngineFiles of(EngineName engine) {
    return switch (engine) { // No default: a new engine must say how its files are made and read.
      case PRIMARY_BACKUP -> new EngineFiles(PrimaryBackupMaker::open, EngineFiles::tailInDatabase);
      case RAFT -> new EngineFiles(RaftMaker::open, EngineFiles::tailOfRaft);
      case POSTGRES ->
        throw new OperationFailed(
            "a store on PostgreSQL has no files of its own. It is backed up by the database's own"
                + " means: see Backups in docs/postgres.md. From one engine to another it goes by"
                + " export and import");
    };
  }

  private static List<PurchaseRequest> tailInDatabase(Path folder, long index) {
    try (OrdersFile file = OrdersFile.open(folder.resolve(OrdersFile.NAME))) {
      return file.logBehind(index);
    }
  }

  private static List<PurchaseRequest> tailOfRaft(Path folder, long index) throws IOException {
    LogReading log = LogReading.of(folder.resolve(SegmentedLog.FOLDER));
    if (log.damage() != null) {
      throw new OperationFailed("the log in " + folder + " is damaged: " + log.damage());
    }
    return log.entries().stream()
        .filter(entry -> entry.index() > index && entry.purchase() != null)
        .map(Entry::purchase)
        .toList();
  }
}
