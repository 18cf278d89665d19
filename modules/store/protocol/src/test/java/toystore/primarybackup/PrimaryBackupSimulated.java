package toystore.primarybackup;

import java.util.ArrayList;
import java.util.List;
import toystore.replication.DurableState;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;
import toystore.replication.SimulatedDisk;
import toystore.replication.SimulatedEngine;
import toystore.replication.SimulationPlan;
import toystore.virtualtime.Chance;

/** The primary-backup engine in a simulation: all that is durable is in one file. */
final class PrimaryBackupSimulated implements SimulatedEngine {
  private static final PrimaryBackupOptions OPTIONS = new PrimaryBackupOptions(3, 6, 15, 3, 60);

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

    File(int id, List<Integer> members) {
      this.id = id;
      this.members = members;
    }

    @Override
    public ReplicaCore boot(Chance chance) {
      return new PrimaryBackupCore(id, members, durable, OPTIONS);
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
      List<Entry> entries = new ArrayList<>(durable.entries());
      if (write.truncateFrom() > 0) {
        entries.subList((int) write.truncateFrom() - 1, entries.size()).clear();
      }
      entries.addAll(write.append());
      if (write.committed() > entries.size()) {
        throw new IllegalStateException(id + " writes a committed index beyond its log");
      }
      durable = new DurableState(
          List.copyOf(entries),
          write.promise(),
          write.committed(),
          write.committed(),
          write.rebuilding());
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
    }
  }
}
