package toystore.raft.core;

import toystore.model.LogPosition;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.SnapshotRequest;
import toystore.replication.ContradictionException;
import toystore.replication.Entry;

/**
 * What a follower does with what its leader sends (Raft figure 2, "AppendEntries RPC", and figure
 * 13). The term is the replica's own by then. Owned by {@link RaftCore}.
 */
final class FollowerRole {
  private final RaftState self;
  private long stagedTo;

  /** @param takenIn index up to which an earlier life has taken pieces of snapshots in */
  FollowerRole(RaftState self, long takenIn) {
    this.self = self;
    stagedTo = takenIn;
  }

  void onAppend(AppendRequest request) {
    if (matches(request.previous())) {
      request.entries().forEach(this::take);
      // Invariant: committed <= what this very append has proved. Behind that the log may hold
      // entries of a deposed leader, which are not those that the leader has committed (figure 2).
      self.commitThrough(Math.min(request.committed(), request.proved()));
      self.heardOf(request.committed());
      answer(request, true, provedDurably(request), LogPosition.START);
    } else if (request.previous().index() <= self.committed()) {
      throw ContradictionException.at(request.previous().index(), self.committed());
    } else {
      self.heardOf(request.committed());
      LogPosition hint = self.log.lastWithin(request.previous());
      answer(request, false, request.previous().index(), hint);
    }
  }

  /** A heartbeat waits for no disk: it is told what is there already. */
  private long provedDurably(AppendRequest request) {
    return isHeartbeat(request)
        ? Math.min(request.proved(), self.writes.durable())
        : request.proved();
  }

  private static boolean isHeartbeat(AppendRequest request) {
    return request.entries().isEmpty();
  }

  private boolean matches(LogPosition previous) {
    return previous.index() < self.log.base().index() || self.log.holds(previous);
  }

  /** Figure 2, AppendEntries, receiver's rules 3 and 4. */
  private void take(Entry entry) {
    if (entry.index() <= self.log.base().index()) {
      // What is compacted was committed, so it is the same everywhere (Raft 7).
      demandSame(entry);
      return;
    }
    if (entry.index() <= self.log.last().index()) {
      if (self.log.termAt(entry.index()) == entry.epoch()) {
        return;
      }
      truncateFrom(entry.index());
    }
    self.log.append(entry);
    self.out.append(entry);
  }

  private void demandSame(Entry compacted) {
    LogPosition base = self.log.base();
    if (compacted.index() == base.index() && compacted.epoch() != base.epoch()) {
      throw ContradictionException.at(compacted.index(), self.committed());
    }
  }

  private void truncateFrom(long index) {
    if (index > self.log.last().index()) {
      return;
    }
    if (index <= self.committed()) {
      throw ContradictionException.at(index, self.committed());
    }
    self.log.truncateFrom(index);
    self.out.truncateFrom(index);
  }

  private void answer(AppendRequest request, boolean accepted, long index, LogPosition hint) {
    RaftMessage reply = new AppendReply(
        self.id(),
        request.from(),
        self.term(),
        request.round(),
        accepted,
        index,
        hint,
        self.voter());
    // A leader whose followers' disks stall still leads: what needs no write is said at once.
    boolean needsDisk = accepted && !isHeartbeat(request) || !self.promiseIsDurable();
    if (needsDisk) {
      self.out.sendOnceDurable(reply);
    } else {
      self.out.send(reply);
    }
  }

  /** Refuses a request of an earlier term, and tells the later one. */
  void refuse(AppendRequest request) {
    answer(request, false, request.previous().index(), LogPosition.START);
  }

  /**
   * Takes pieces in, in order, behind what the state has already; with the last one the snapshot is
   * installed. Whose snapshot a piece is of plays no role: all say the same of the same entries.
   */
  void onSnapshot(SnapshotRequest request) {
    SnapshotChunk chunk = request.chunk();
    long end = chunk.state().index();
    if (end > self.committed() && chunk.state().epoch() < self.log.termAt(self.committed())) {
      self.note("refused_snapshot=" + chunk.state() + " committed=" + self.committed());
      refuse(request);
      return;
    }
    self.heardOf(end);
    stagedTo = Math.max(stagedTo, self.applied());
    boolean covered = end <= self.committed();
    if (!covered && chunk.offset() <= stagedTo) {
      if (chunk.next() > stagedTo) {
        self.out.command(new RaftCommand.StageSnapshot(chunk));
        stagedTo = chunk.next();
      }
      if (stagedTo >= end) {
        self.out.command(new RaftCommand.InstallSnapshot(chunk.state()));
        self.restoreTo(chunk.state());
        covered = true;
      }
    }
    answer(request, covered);
  }

  private void answer(SnapshotRequest request, boolean installed) {
    self.out.sendOnceDurable(new SnapshotReply(
        self.id(),
        request.from(),
        self.term(),
        request.round(),
        request.chunk().state(),
        Math.min(stagedTo, request.chunk().state().index()),
        installed,
        self.voter()));
  }

  /** Refuses a piece of an earlier term, and tells the later one. */
  void refuse(SnapshotRequest request) {
    answer(request, false);
  }
}
