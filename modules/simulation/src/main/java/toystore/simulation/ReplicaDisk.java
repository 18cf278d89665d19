package toystore.simulation;

import java.util.List;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;

/** What of one replica survives its crashes. What is done here has been fsynced. */
interface ReplicaDisk {

  /** A core that starts from what is here. */
  ReplicaCore boot(long seed);

  /** All that is applied when a core starts, from the first entry on. */
  List<Entry> state();

  /** The log as a core that has just booted holds it. */
  LogMirror logAtBoot();

  void write(Write write);

  /** The power goes while this is written. */
  void tear(Write write, Chance chance);

  void carryOut(Command command);

  /** This is applied, from the first entry on; true where that was worth a write of its own. */
  boolean save(List<Entry> applied);

  boolean holds(Entry entry);

  /** How much a shell should have applied before it takes an engine's snapshot as installed. */
  void lose();

  /** Nothing is left of what was promised and acknowledged, and it is not yet fetched back. */
  boolean isRebuilding();

  /** Epoch promised, for people. */
  String text();
}
