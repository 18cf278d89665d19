package toystore.raft.core;

import java.util.ArrayList;
import java.util.List;
import toystore.model.PurchaseRequest;
import toystore.replication.Effects.Command;
import toystore.replication.Effects.Write;
import toystore.replication.Entry;
import toystore.replication.ReplicaCore;
import toystore.replication.SimulatedDisk;
import toystore.replication.SimulatedEngine;
import toystore.replication.SimulatedReplica;
import toystore.replication.SimulationPlan;
import toystore.virtualtime.Chance;
import toystore.virtualtime.Violation;

/** Raft in a simulation: its log is dropped behind the state, which travels in pieces. */
final class RaftSimulated implements SimulatedEngine {
  private static final int CHUNK = 4;

  @Override
  public SimulatedDisk disk(int id, List<Integer> members, SimulationPlan plan) {
    return new Files(id, members, plan.handOver());
  }

  @Override
  public boolean isAppointed() {
    return false;
  }

  private static final class Files implements SimulatedDisk {
    private final int id;
    private final List<Integer> peers;
    private final boolean handOver;
    private SimDisk disk = new SimDisk();
    /** All entries of a state that has come in pieces. */
    private List<Entry> staged = new ArrayList<>();

    Files(int id, List<Integer> members, boolean handOver) {
      this.id = id;
      this.peers = members.stream().filter(member -> member != id).toList();
      this.handOver = handOver;
    }

    @Override
    public ReplicaCore boot(Chance chance) {
      staged = new ArrayList<>();
      RaftOptions options = new RaftOptions(
          id,
          peers,
          new RaftOptions.ElectionTiming(8, 2),
          new RaftOptions.LogBounds(4, chance.between(1, 4), chance.below(12)),
          handOver,
          chance.next());
      ReplicaCore core = new RaftCore(options, disk.restore());
      disk.settleAfterStart();
      return core;
    }

    @Override
    public List<Entry> log() {
      return disk.all();
    }

    @Override
    public long applied() {
      return disk.state().size();
    }

    @Override
    public void write(Write write) {
      disk.write(write);
    }

    @Override
    public void tear(Write write, Chance chance) {
      disk.tear(write, chance);
    }

    @Override
    public boolean holds(Entry entry) {
      return disk.has(entry);
    }

    @Override
    public boolean isRebuilding() {
      return disk.isRebuilding();
    }

    @Override
    public void lose() {
      disk = new SimDisk();
    }

    /** The state machine writes what it has applied to its own disk. */
    @Override
    public void save(SimulatedReplica replica) {
      if (replica.isIdle()) {
        disk.saveState(replica.log().subList(0, (int) replica.applied()));
        replica.step(new RaftInput.Saved(replica.applied()));
      }
    }

    @Override
    public Work command(Command command, SimulatedReplica replica) {
      if (command instanceof RaftCommand.InstallSnapshot install) {
        return install(install, replica);
      }
      if (command instanceof RaftCommand.ReadSnapshot read) {
        replica.after(3, () -> replica.step(new RaftInput.SnapshotRead(read.peer(), piece(read))));
      } else if (command instanceof RaftCommand.StageSnapshot stage) {
        stage(stage.chunk(), replica);
      }
      return () -> disk.carryOut(command);
    }

    private SnapshotChunk piece(RaftCommand.ReadSnapshot read) {
      long end = Math.min(read.state().index(), read.offset() + CHUNK);
      List<String> lines = disk.state().subList((int) read.offset(), (int) end).stream()
          .map(entry -> entry.index() + "," + entry.epoch() + ","
              + (entry.purchase() == null ? "" : entry.purchase().key()))
          .toList();
      return new SnapshotChunk(read.state(), read.offset(), end, String.join(";", lines));
    }

    private void stage(SnapshotChunk piece, SimulatedReplica replica) {
      if (staged.size() < replica.applied()) {
        staged = new ArrayList<>(replica.log().subList(0, (int) replica.applied()));
      }
      if (staged.size() < piece.offset()) {
        throw new Violation("staged " + staged.size() + ", then " + piece);
      }
      for (String line : piece.data().split(";")) {
        String[] part = line.split(",", -1);
        long index = Long.parseLong(part[0]);
        PurchaseRequest purchase =
            part[2].isEmpty() ? null : new PurchaseRequest(part[2], "Tux", 1);
        if (index > staged.size()) {
          staged.add(new Entry(index, Long.parseLong(part[1]), purchase));
        }
      }
    }

    private Work install(RaftCommand.InstallSnapshot install, SimulatedReplica replica) {
      if (install.state().index() < replica.applied()) {
        throw new Violation("goes back from " + replica.applied() + " to " + install);
      }
      int size = (int) Math.min(staged.size(), install.state().index());
      List<Entry> state = List.copyOf(staged.subList(0, size));
      if (!SimDisk.positionOf(state).equals(install.state())) {
        throw new Violation("installs " + install.state() + " from " + staged);
      }
      replica.install(state);
      return new Work() {
        @Override
        public void carryOut() {
          disk.install(state, false);
        }

        @Override
        public void tear() {
          disk.install(state, true);
        }
      };
    }
  }
}
