package toystore.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.replication.Effects.Write;
import toystore.virtualtime.Violation;

/** What must hold after every event (Raft figure 3). Each check looks at what the event changed. */
final class Invariants {
  private final Map<Long, Integer> leaderOfEpoch = new HashMap<>();
  private final Map<LogPosition, Entry> entryAt = new HashMap<>();
  private final Map<LogPosition, Long> epochBefore = new HashMap<>();
  /** All that any replica ever applied: each of it may have been acknowledged. */
  private final List<Entry> committed = new ArrayList<>();
  /** The epoch of whoever was the first to apply each of these. */
  private final List<Long> committedIn = new ArrayList<>();

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

  boolean lastIsPurchase() {
    return !committed.isEmpty() && committed.get(committed.size() - 1).purchase() != null;
  }

  /** A disk was lost: from now on a majority of copies may be one less. */
  void diskLost() {
    disksMayLose = true;
  }

  void started(SimulatedReplica replica) {
    replica.log().subList(0, (int) replica.applied()).forEach(entry -> commit(replica, entry));
  }

  /** A request draws exactly one reply, in the step that took it in. */
  void replied(Input input, Effects effects) {
    if (input instanceof Input.Received received && !received.message().isReply()) {
      int asker = received.message().from();
      long replies = Stream.concat(effects.toSend().stream(), effects.toSendOnceDurable().stream())
          .filter(message -> message.isReply() && message.to() == asker)
          .count();
      check(replies == 1, replies + " replies to " + received.message());
    }
  }

  void written(SimulatedReplica replica, Write write) {
    List<Entry> log = replica.log();
    long end = write.truncateFrom() == 0 ? log.size() : write.truncateFrom() - 1;
    check(
        write.truncateFrom() == 0 || end >= replica.applied(),
        "replica " + replica.id() + " removes applied entries from " + write.truncateFrom());
    long before = end == 0 ? Epochs.NONE : log.get((int) end - 1).epoch();
    for (Entry entry : write.append()) {
      check(entry.index() == ++end, "gap in the log of replica " + replica.id());
      Entry first = entryAt.putIfAbsent(entry.position(), entry);
      Long firstBefore = epochBefore.putIfAbsent(entry.position(), before);
      check(
          (first == null || first.equals(entry)) && (firstBefore == null || firstBefore == before),
          "log matching: logs differ though they share " + entry.position());
      before = entry.epoch();
    }
  }

  void stepped(SimulatedReplica replica, Effects effects) {
    ReplicaCore.ReplicaStatus status = replica.status();
    check(status.last().index() == replica.log().size(), "status and log differ");
    check(status.committed() <= status.last().index(), "committed beyond the log");
    if (status.role() == Role.LEADER) {
      leads(replica, status.promised());
    }
    establishedSeen += effects.facts().stream()
        .filter(Effects.Fact.Established.class::isInstance)
        .count();
  }

  private void leads(SimulatedReplica replica, long epoch) {
    Integer first = leaderOfEpoch.putIfAbsent(epoch, replica.id());
    check(
        first == null || first == replica.id(),
        "election safety: two leaders in epoch " + Epochs.text(epoch) + ": " + first + " and "
            + replica.id());
    if (first == null) {
      for (Entry entry : committed) {
        // Whoever leads by promises that were long under way owes nothing to later epochs.
        boolean owed = committedIn.get((int) entry.index() - 1) < epoch;
        check(
            !owed || holds(replica.log(), entry),
            "leader completeness: leader " + replica.id() + " of epoch " + Epochs.text(epoch)
                + " lacks committed " + entry.position());
      }
    }
  }

  void applied(SimulatedReplica replica, Entry entry) {
    check(
        entry.index() == replica.applied() + 1,
        "state machine safety: replica " + replica.id() + " applies " + entry.position() + " after "
            + replica.applied());
    commit(replica, entry);
  }

  private void commit(SimulatedReplica replica, Entry entry) {
    if (entry.index() <= committed.size()) {
      Entry first = committed.get((int) entry.index() - 1);
      check(
          entry.equals(first),
          "state machine safety: entry known committed by " + replica.id() + ": " + entry + ", was "
              + first);
      return;
    }
    committed.add(entry);
    committedIn.add(replica.status().promised());
    long copies = replicas.stream().filter(other -> other.disk().holds(entry)).count();
    check(
        disksMayLose || copies > replicas.size() / 2,
        "entry " + entry.position() + " is committed on " + copies + " disks only");
  }

  private static boolean holds(List<Entry> log, Entry entry) {
    return log.size() >= entry.index() && log.get((int) entry.index() - 1).equals(entry);
  }

  void proofAsked(SimulatedReplica replica, long readId) {
    proofFloor.put(nameOf(replica, readId), committed.size());
  }

  void proven(SimulatedReplica replica, long readId) {
    Integer floor = proofFloor.remove(nameOf(replica, readId));
    check(floor != null, "proven twice, or never asked");
    check(
        replica.applied() >= floor,
        "stale read: replica " + replica.id()
            + " proved that it leads, but lacks what was acknowledged");
  }

  private static String nameOf(SimulatedReplica replica, long readId) {
    return replica.id() + "/" + replica.life() + "/" + readId;
  }

  /** At rest all replicas hold the same, and nothing that was ever applied is missing. */
  void atRest() {
    for (SimulatedReplica replica : replicas) {
      check(replica.log().equals(committed), "replica " + replica.id() + " did not converge");
      check(
          committed.stream().allMatch(replica.disk()::holds),
          "the disk of replica " + replica.id() + " did not converge");
    }
  }

  long establishedSeen() {
    return establishedSeen;
  }

  private static void check(boolean holds, String broken) {
    if (!holds) {
      throw new Violation(broken);
    }
  }
}
