package toystore.replication;

import java.util.List;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.virtualtime.Chance;

/** What of one replica survives its crashes. What is done here has been fsynced. */
public interface SimulatedDisk {

  /** What an engine's command asks of the disk, in its turn among the writes. */
  interface Work {
    void carryOut();

    /** The power goes meanwhile. */
    default void tear() {}
  }

  /** A core that starts from what is here. */
  ReplicaCore boot(Chance chance);

  /** The log as a core that has just booted knows it, with all that was dropped of it since. */
  List<Entry> log();

  /** How many entries of it are applied when a core starts. */
  long applied();

  void write(Write write);

  /** The power goes while this is written: some of its entries get there. */
  void tear(Write write, Chance chance);

  boolean holds(Entry entry);

  /** Nothing is left of what was promised and acknowledged, and it is not yet fetched back. */
  boolean isRebuilding();

  /** The file is gone. */
  void lose();

  /** Does in memory what an engine asks of its own shell; the disk's part is returned. */
  default Work command(Command command, SimulatedReplica replica) {
    throw new IllegalStateException("no command of this engine: " + command);
  }

  /** Writes what is applied for a quicker start, where that is not written with the log. */
  default void save(SimulatedReplica replica) {}
}
