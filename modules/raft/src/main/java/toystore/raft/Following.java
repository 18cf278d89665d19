package toystore.raft;

import toystore.raft.RaftMessage.AppendReply;
import toystore.raft.RaftMessage.AppendRequest;
import toystore.raft.RaftMessage.SnapshotReply;
import toystore.raft.RaftMessage.SnapshotRequest;
import toystore.replication.Entry;
import toystore.replication.LogPosition;

/**
 * What a follower does with what its leader sends (Raft figure 2, "AppendEntries RPC", and figure
 * 13). The term is the replica's own by then. Owned by {@link RaftCore}.
 */
final class Following {
  private final Standing self;
  private LogPosition staging = LogPosition.START;
  private long stagedTo;

  Following(Standing self) {
    this.self = self;
  }

  void onAppend(AppendRequest request) {
    if (matches(request.previous())) {
      request.entries().forEach(this::take);
      if (!self.rule(Rule.TRUNCATE_CONFLICTS_ONLY)) {
        truncateFrom(request.proved() + 1);
      }
      boolean proved = self.rule(Rule.COMMIT_WHAT_IS_PROVED);
      long end = proved ? request.proved() : self.log.last().index();
      self.commitThrough(Math.min(request.committed(), end));
      self.heardOf(request.committed());
      answer(request, true, request.proved(), LogPosition.START);
    } else {
      self.heardOf(request.committed());
      LogPosition hint = self.log.lastWithin(request.previous());
      answer(request, false, request.previous().index(), hint);
    }
  }

  private boolean matches(LogPosition previous) {
    return previous.index() < self.log.base().index()
        || self.log.holds(previous)
        || !self.rule(Rule.PREVIOUS_MATCHES)
            && previous.index() <= self.log.last().index();
  }

  /** Figure 2, AppendEntries, receiver's rules 3 and 4. */
  private void take(Entry entry) {
    boolean compacted = entry.index() <= self.log.base().index();
    if (compacted && self.rule(Rule.COMPACTED_IS_COMMITTED)) {
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

  private void truncateFrom(long index) {
    if (index > self.log.last().index()) {
      return;
    }
    if (index <= self.committed()) {
      throw new IllegalStateException(
          "truncates from " + index + ", but " + self.committed() + " is committed");
    }
    self.log.truncateFrom(index);
    self.out.truncateFrom(index);
  }

  private void answer(AppendRequest request, boolean accepted, long index, LogPosition hint) {
    RaftMessage reply = new AppendReply(
        self.id(), request.from(), self.term(), request.round(), accepted, index, hint, counts());
    if (self.rule(Rule.DURABLE_ACKNOWLEDGEMENT)) {
      self.out.sendOnceDurable(reply);
    } else {
      self.out.send(reply);
    }
  }

  private boolean counts() {
    return self.voter() || !self.rule(Rule.REBUILD_BEFORE_TAKING_PART);
  }

  /** Refuses a request of an earlier term, and tells the later one. */
  void refuse(AppendRequest request) {
    answer(request, false, request.previous().index(), LogPosition.START);
  }

  /** Puts pieces by in order, and installs the snapshot with the last one. */
  void onSnapshot(SnapshotRequest request) {
    SnapshotChunk chunk = request.chunk();
    self.heardOf(chunk.state().index());
    boolean covered = chunk.state().index() <= self.committed();
    if (!covered) {
      if (!chunk.state().equals(staging)) {
        staging = chunk.state();
        stagedTo = 0;
      }
      if (chunk.offset() == stagedTo) {
        self.out.command(new RaftCommand.StageSnapshot(chunk));
        stagedTo = chunk.next();
        if (chunk.last()) {
          install(chunk.state());
          covered = true;
        }
      }
    }
    answer(request, covered);
  }

  private void install(LogPosition state) {
    self.out.command(new RaftCommand.InstallSnapshot(state));
    self.restoreTo(state);
    staging = LogPosition.START;
    stagedTo = 0;
  }

  private void answer(SnapshotRequest request, boolean installed) {
    self.out.sendOnceDurable(new SnapshotReply(
        self.id(),
        request.from(),
        self.term(),
        request.round(),
        request.chunk().state(),
        installed ? 0 : stagedTo,
        installed,
        counts()));
  }

  /** Refuses a piece of an earlier term, and tells the later one. */
  void refuse(SnapshotRequest request) {
    answer(request, false);
  }
}
