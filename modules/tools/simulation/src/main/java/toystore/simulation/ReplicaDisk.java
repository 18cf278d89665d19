package toystore.simulation;

import java.util.List;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.OrderBook;
import toystore.replication.ReplicaCore;
import toystore.virtualtime.Chance;

/** What of one replica survives its crashes. What is done here has been fsynced. */
interface ReplicaDisk {

  /**
   * What is applied, from the first entry on, and the orders, by number, which may go further: each
   * is the entry that made it.
   */
  record Applied(List<Entry> state, List<Entry> orders) {}

  /** A core that starts from what is here. */
  ReplicaCore boot(long seed);

  /** All that is applied when a core starts, from the first entry on. */
  List<Entry> state();

  /** All orders that are written, by number: each is the entry that made it. */
  List<Entry> orders();

  /**
   * Puts the orders into the book of a replica that starts, but those that are sealed; and gives
   * all of them by number.
   */
  List<Entry> load(OrderBook book);

  /** The log as a core that has just booted holds it. */
  LogMirror logAtBoot();

  void write(Write write);

  /** The power goes while this is written. */
  void tear(Write write, Chance chance);

  /** Carries it out with what was applied when it was asked for. */
  void carryOut(Command command, Applied applied);

  /** The power goes while this is carried out. */
  void tear(Command command, Applied applied);

  /** Whether what is applied is written in its turn with the log, or beside it. */
  boolean savesWithTheLog();

  /** This is applied; true where there is something new in it. */
  boolean save(Applied applied);

  /** What a snapshot is read from. */
  Applied saved();

  boolean holds(Entry entry);

  /** The file is gone. */
  void lose();

  /** A copy, to be put back later: then all that was written since is gone. */
  Runnable copy();

  /** Nothing is left of what was promised and acknowledged, and it is not yet fetched back. */
  boolean isRebuilding();

  /** Epoch promised, for people. */
  String text();
}
