package toystore.simulation;

import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;

/** What of one replica survives its crashes. What is done here has been fsynced. */
interface ReplicaDisk {

  /** A core that starts from what is here. */
  ReplicaCore boot(long seed);

  /** Everything up to here is applied when a core starts. */
  long appliedAtBoot();

  /** The log as a core that has just booted holds it. */
  LogMirror logAtBoot();

  void write(Write write);

  /** The power goes while this is written. */
  void tear(Write write, Chance chance);

  void carryOut(Command command);

  /** All up to this index is applied; true where that was worth a write of its own. */
  boolean save(long applied);

  boolean holds(Entry entry);

  /** How much a shell should have applied before it takes an engine's snapshot as installed. */
  void lose();

  /** Nothing is left of what was promised and acknowledged, and it is not yet fetched back. */
  boolean isRebuilding();

  /** Epoch promised, for people. */
  String text();
}
