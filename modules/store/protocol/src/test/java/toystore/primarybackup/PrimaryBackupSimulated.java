package toystore.primarybackup;

import java.util.ArrayList;
import java.util.List;
import toystore.model.LogPosition;
import toystore.replication.DurableState;
import toystore.replication.Effects.Promise;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;
import toystore.replication.SimulatedDisk;
import toystore.replication.SimulatedEngine;
import toystore.replication.SimulatedReplica;
import toystore.replication.SimulationPlan;
import toystore.virtualtime.Chance;

/** The primary-backup engine in a simulation: a log, and what it was told with its entries. */
final class PrimaryBackupSimulated implements SimulatedEngine {
  /** So few that a replica is soon far behind, and gets what others have on disk only. */
  private static final int KEPT_ENTRIES = 4;

  private static final PrimaryBackupOptions OPTIONS =
      new PrimaryBackupOptions(3, 6, 15, 3, 60, KEPT_ENTRIES);

  @Override
  public SimulatedDisk disk(int id, List<Integer> members, SimulationPlan plan) {
    return new File(id, members);
  }

  @Override
  public boolean isAppointed() {
    return true;
  }

  private static final class File implements SimulatedDisk {
    private final int id;
    private final List<Integer> members;
    private DurableState durable = DurableState.fresh();
    /** The committed index as the entries say it, and as the orders do. */
    private long told;

    private long saved;

    File(int id, List<Integer> members) {
      this.id = id;
      this.members = members;
    }

    @Override
    public ReplicaCore boot(Chance chance) {
      List<Entry> log = durable.entries();
      int base = (int) Math.max(0, durable.applied() - KEPT_ENTRIES);
      DurableState found = new DurableState(
          base == 0 ? LogPosition.START : log.get(base - 1).position(),
          log.subList(base, log.size()),
          durable.promise(),
          durable.committed(),
          durable.applied(),
          durable.rebuilding());
      return new PrimaryBackupCore(id, members, found, this::older, OPTIONS);
    }

    /** As it is now: what a core asks for is on disk. */
    private List<Entry> older(long first, int limit) {
      List<Entry> log = durable.entries();
      if (first < 1 || first - 1 + limit > log.size()) {
        throw new IllegalStateException("reads " + limit + " entries from " + first + ", and only "
            + log.size() + " are on disk");
      }
      return log.subList((int) first - 1, (int) first - 1 + limit);
    }

    @Override
    public List<Entry> log() {
      return durable.entries();
    }

    @Override
    public long applied() {
      return durable.applied();
    }

    @Override
    public void write(Write write) {
      write(write, write.append().size());
    }

    /** As if fewer entries had been sent. */
    @Override
    public void tear(Write write, Chance chance) {
      write(write, chance.below(write.append().size() + 1));
    }

    /** The last entry has the committed index with it; and with it a rebuild is over. */
    private void write(Write write, int appended) {
      boolean whole = appended == write.append().size();
      List<Entry> entries = new ArrayList<>(durable.entries());
      if (write.truncateFrom() > 0) {
        entries.subList((int) write.truncateFrom() - 1, entries.size()).clear();
        told = 0;
      }
      entries.addAll(write.append().subList(0, appended));
      if (write.committed() > entries.size() && whole) {
        throw new IllegalStateException(id + " writes a committed index beyond its log");
      }
      if (whole && appended > 0) {
        told = write.committed();
      }
      long committed = Math.max(told, saved);
      boolean rebuilding = write.rebuilding() || durable.rebuilding() && !whole;
      Promise promise = durable.rebuilding() && !whole ? durable.promise() : write.promise();
      durable = new DurableState(List.copyOf(entries), promise, committed, committed, rebuilding);
    }

    /** Orders are written behind the log that has them. */
    @Override
    public void save(SimulatedReplica replica) {
      if (replica.isIdle()) {
        saved = replica.applied();
        long committed = Math.max(told, saved);
        durable = new DurableState(
            durable.entries(), durable.promise(), committed, committed, durable.rebuilding());
      }
    }

    @Override
    public boolean holds(Entry entry) {
      List<Entry> log = durable.entries();
      return log.size() >= entry.index() && log.get((int) entry.index() - 1).equals(entry);
    }

    @Override
    public boolean isRebuilding() {
      return durable.rebuilding();
    }

    @Override
    public void lose() {
      durable = DurableState.fresh();
      told = 0;
      saved = 0;
    }
  }
}
