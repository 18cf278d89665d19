package toystore.operations;

import toystore.backup.OpenEntries;
import toystore.backup.ReplicaMaking;
import toystore.model.EngineName;
import toystore.order.OrdersFile;
import toystore.order.PrimaryBackupMaker;
import toystore.raft.RaftMaker;

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
      case PRIMARY_BACKUP -> new EngineFiles(PrimaryBackupMaker::open, OrdersFile::logBehind);
      case RAFT -> new EngineFiles(RaftMaker::open, OrdersFile::logBehind);
      case POSTGRES ->
        throw new OperationFailed(
            "a store on PostgreSQL has no files of its own. It is backed up by the database's own"
                + " means: see Backups in docs/postgres.md. From one engine to another it goes by"
                + " export and import");
    };
  }
}
