package toystore.raft.core;

import toystore.model.Epochs;
import toystore.raft.core.RaftMessage.AppendReply;
import toystore.raft.core.RaftMessage.AppendRequest;
import toystore.raft.core.RaftMessage.RecoverReply;
import toystore.raft.core.RaftMessage.RecoverRequest;
import toystore.raft.core.RaftMessage.SnapshotReply;
import toystore.raft.core.RaftMessage.SnapshotRequest;
import toystore.raft.core.RaftMessage.TimeoutNow;
import toystore.raft.core.RaftMessage.TimeoutNowReply;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.raft.core.RaftMessage.WatchReply;
import toystore.raft.core.RaftMessage.WatchRequest;
import toystore.replication.Message;

/**
 * Whose affair a message is, after its term has been noticed (Raft figure 2, "All servers"). Each
 * request draws exactly one reply. Owned by {@link RaftCore}.
 */
final class Inbox {
  private final RaftState self;
  private final Election election;
  private final Roles roles;
  private final FollowerRole follower;
  private final LostDiskRecovery recovery;

  Inbox(
      RaftState self,
      Election election,
      Roles roles,
      FollowerRole follower,
      LostDiskRecovery recovery) {
    this.self = self;
    this.election = election;
    this.roles = roles;
    this.follower = follower;
    this.recovery = recovery;
  }

  void receive(Message received) {
    if (!(received instanceof RaftMessage message)
        || message.to() != self.id()
        || !self.options.peers().contains(message.from())
        || !Epochs.plausible(newestTerm(message), self.term())) {
      self.note("dropped=" + received.getClass().getSimpleName() + " from=" + received.from()
          + " to=" + received.to());
      return;
    }
    if (message instanceof VoteRequest request) {
      onVoteRequest(request);
    } else if (message instanceof VoteReply reply) {
      onVoteReply(reply);
    } else if (message instanceof RecoverRequest request) {
      // One that rebuilds, and has started again, knows later terms from its log only.
      long highestTerm = Math.max(self.term(), self.log.last().epoch());
      self.out.sendOnceDurable(new RecoverReply(
          self.id(), request.from(), request.life(), highestTerm, self.log.last()));
    } else if (message instanceof RecoverReply reply) {
      recovery.onReply(reply);
    } else {
      roles.noticeTerm(message.term());
      receiveInTerm(message);
    }
  }

  private static long newestTerm(RaftMessage message) {
    return message instanceof RecoverReply reply ? reply.highestTerm() : message.term();
  }

  /** A vote asked for in a later term moves a replica there, unless it hears from a leader. */
  private void onVoteRequest(VoteRequest request) {
    if (election.hearsLeader() && !request.transfer()) {
      // Its term is not noticed either: one that was cut off must not depose a leader that others
      // hear (dissertation 4.2.3).
      election.refuse(request);
      return;
    }
    if (!request.probe()) {
      roles.noticeTerm(request.term());
    }
    election.onRequest(request);
  }

  private void onVoteReply(VoteReply reply) {
    // A granted probe is of a term that nobody is in yet.
    if (!(reply.probe() && reply.granted())) {
      roles.noticeTerm(reply.term());
    }
    boolean current = reply.term() == self.term() || reply.probe();
    if (current && self.voter() && roles.leadership() == null) {
      election.onReply(reply);
    }
  }

  /** Invariant: the message's term is not later than the replica's own. */
  private void receiveInTerm(RaftMessage message) {
    boolean current = message.term() == self.term();
    if (message instanceof AppendRequest request) {
      if (current && roles.obey(request.from())) {
        follower.onAppend(request);
      } else {
        follower.refuse(request);
      }
    } else if (message instanceof SnapshotRequest request) {
      if (current && roles.obey(request.from())) {
        follower.onSnapshot(request);
      } else {
        follower.refuse(request);
      }
    } else if (message instanceof TimeoutNow request) {
      if (current && self.mayLead(request.from()) && roles.mayStand()) {
        election.stand(true);
      }
      self.out.sendOnceDurable(new TimeoutNowReply(self.id(), request.from(), self.term()));
    } else if (message instanceof WatchRequest request) {
      // A sign of life, which waits for no disk.
      self.out.send(new WatchReply(self.id(), request.from(), self.term()));
    } else if (message instanceof WatchReply reply) {
      roles.answered(reply.from());
    } else if (current && roles.leadership() != null) {
      receiveAsLeader(message, roles.leadership());
    }
  }

  private static void receiveAsLeader(RaftMessage message, LeaderRole leadership) {
    if (message instanceof AppendReply reply) {
      leadership.onReply(reply);
    } else if (message instanceof SnapshotReply reply) {
      leadership.onReply(reply);
    }
  }
}
