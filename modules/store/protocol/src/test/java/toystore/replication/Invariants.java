package toystore.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.replication.Effects.Write;

/** What must hold after every event. Each check looks at what the event changed. */
final class Invariants {
  private final Map<Long, Integer> leaderOfEpoch = new HashMap<>();
  private final Map<LogPosition, Entry> entryAt = new HashMap<>();
  private final Map<LogPosition, Long> epochBefore = new HashMap<>();
  /** All that any replica ever applied: each of it may have been acknowledged. */
  private final List<Entry> committed = new ArrayList<>();

  private final Map<Integer, Long> appliedBy = new HashMap<>();
  private final Map<String, Integer> proofFloor = new HashMap<>();
  private final Collection<SimulatedReplica> replicas;
  private boolean disksMayLose;
  private long establishedSeen;

  Invariants(Collection<SimulatedReplica> replicas) {
    this.replicas = replicas;
  }

  List<Entry> committed() {
    return committed;
  }

  /** A disk was lost: from now on a majority of copies may be one less. */
  void diskLost() {
    disksMayLose = true;
  }

  void started(SimulatedReplica replica) {
    DurableState disk = replica.disk();
    for (int i = 0; i < disk.committed(); i++) {
      commit(replica, disk.entries().get(i));
    }
    appliedBy.put(replica.id(), disk.applied());
  }

  void written(SimulatedReplica replica, Write write) {
    List<Entry> memory = replica.memory();
    long end = write.truncateFrom() == 0 ? memory.size() : write.truncateFrom() - 1;
    check(
        write.truncateFrom() == 0 || end >= appliedBy.get(replica.id()),
        "replica " + replica.id() + " removes applied entries from " + write.truncateFrom());
    long before = end == 0 ? Epochs.NONE : memory.get((int) end - 1).epoch();
    for (Entry entry : write.append()) {
      check(entry.index() == ++end, "gap in the log of replica " + replica.id());
      Entry first = entryAt.putIfAbsent(entry.position(), entry);
      Long firstBefore = epochBefore.putIfAbsent(entry.position(), before);
      check(
          (first == null || first.equals(entry)) && (firstBefore == null || firstBefore == before),
          "logs differ though they share " + entry.position());
      before = entry.epoch();
    }
  }

  void stepped(SimulatedReplica replica, Effects effects) {
    ReplicaCore.Status status = replica.status();
    check(status.last().index() == replica.memory().size(), "status and log differ");
    check(status.committed() <= status.last().index(), "committed beyond the log");
    if (status.role() == Role.LEADER) {
      Integer first = leaderOfEpoch.putIfAbsent(status.promised(), replica.id());
      check(
          first == null || first == replica.id(),
          "two leaders in epoch " + Epochs.text(status.promised()) + ": " + first + " and "
              + replica.id());
    }
    if (effects.facts().stream().anyMatch(Effects.Fact.Established.class::isInstance)) {
      establishedSeen++;
      // One that establishes itself late, when a later leader has already committed, lacks that.
      committed.stream()
          .filter(entry -> entry.epoch() <= status.promised())
          .forEach(entry -> check(
              holds(replica.memory(), entry),
              "leader " + replica.id() + " lacks committed " + entry.position()));
    }
  }

  void applied(SimulatedReplica replica, Entry entry) {
    long expected = appliedBy.merge(replica.id(), 1L, Long::sum);
    check(entry.index() == expected, "replica " + replica.id() + " applies out of order");
    commit(replica, entry);
  }

  private void commit(SimulatedReplica replica, Entry entry) {
    if (entry.index() <= committed.size()) {
      equal(entry, committed.get((int) entry.index() - 1), "entry known committed by", replica);
      return;
    }
    committed.add(entry);
    long copies =
        replicas.stream().filter(other -> holds(other.disk().entries(), entry)).count();
    check(
        disksMayLose || copies > replicas.size() / 2,
        "entry " + entry.position() + " is committed, but on " + copies + " disks only");
  }

  private static boolean holds(List<Entry> log, Entry entry) {
    return log.size() >= entry.index() && log.get((int) entry.index() - 1).equals(entry);
  }

  void proofAsked(int replica, int life, long readId) {
    proofFloor.put(replica + "/" + life + "/" + readId, committed.size());
  }

  void proven(SimulatedReplica replica, long readId) {
    Integer floor = proofFloor.remove(replica.id() + "/" + replica.life() + "/" + readId);
    check(floor != null, "proven twice, or never asked");
    check(
        appliedBy.get(replica.id()) >= floor,
        "replica " + replica.id() + " proved that it leads, but lacks what was acknowledged");
  }

  /** At rest all replicas hold the same, and nothing that was ever applied is missing. */
  void atRest() {
    for (SimulatedReplica replica : replicas) {
      check(replica.memory().equals(committed), "replica " + replica.id() + " did not converge");
      check(
          replica.disk().entries().equals(committed),
          "the disk of replica " + replica.id() + " did not converge");
    }
  }

  long establishedSeen() {
    return establishedSeen;
  }

  private static void equal(Entry entry, Entry first, String what, SimulatedReplica replica) {
    check(entry.equals(first), what + " " + replica.id() + ": " + entry + ", was " + first);
  }

  private static void check(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }
}
