package toystore.raft.core;

import java.util.List;
import java.util.SplittableRandom;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
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
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.ReplicaCore;

/**
 * Raft: replicas that elect their leader. This class is the door and the rules for all servers
 * (Raft figure 2); its parts are {@link Election}, {@link FollowerRole}, {@link LeaderCheck}, {@link
 * LeaderRole} and {@link LostDiskRecovery}. Owned by whoever calls {@link #step}, one thread at a time.
 */
public final class RaftCore implements ReplicaCore {
  private final RaftState self;
  private final Election election;
  private final FollowerRole follower;
  private final LostDiskRecovery recovery;
  private LogPosition saved;
  private LeaderRole leadership;
  private final LeaderCheck leaderCheck;

  public RaftCore(RaftOptions options, Restored restored) {
    SplittableRandom random = new SplittableRandom(options.seed());
    self = new RaftState(options, restored);
    election = new Election(self, random);
    follower = new FollowerRole(self, restored.takenIn());
    leaderCheck = new LeaderCheck(self);
    recovery = new LostDiskRecovery(self, random.nextLong());
    saved = restored.saved();
  }

  @Override
  public Effects step(Input input) {
    take(input);
    if (!self.voter() && recovery.finish()) {
      election.rest();
    }
    if (election.takeVictory()) {
      lead();
    }
    if (leadership != null) {
      leadership.settle();
    }
    self.applyCommitted();
    if (leadership != null) {
      leadership.answerReads();
    }
    return self.drain();
  }

  private void take(Input input) {
    if (input instanceof Input.Tick) {
      tick();
    } else if (input instanceof Input.Received received) {
      receive(received.message());
    } else if (input instanceof Input.Unreachable unreachable) {
      unreachable(unreachable.peer());
    } else if (input instanceof Input.Persisted persisted) {
      self.log.persisted(persisted.writeId());
      self.out.persisted(persisted.writeId());
      election.persisted(persisted.writeId());
    } else if (input instanceof Input.Propose propose) {
      if (leadership != null) {
        leadership.propose(propose.purchases());
      }
    } else if (input instanceof Input.Prove prove) {
      prove(prove.readId());
    } else if (input instanceof Input.Resign) {
      if (leadership != null) {
        leadership.resign();
      }
    } else if (input instanceof Input.Verified verified) {
      if (leadership != null && verified.epoch() == self.term()) {
        leadership.begin();
      }
    } else if (input instanceof Input.Doubted doubted) {
      doubted(doubted.epoch());
    } else if (input instanceof Input.Outdated outdated) {
      outdated(outdated.epoch());
    } else if (input instanceof RaftInput.Saved nowSaved) {
      saved(nowSaved.index());
    } else if (input instanceof RaftInput.SnapshotRead read) {
      if (leadership != null) {
        leadership.replicator().onSnapshotRead(read.peer(), read.chunk());
      }
    } else if (input instanceof Input.Appoint appoint) {
      if (appoint.leader() == self.id() && appoint.epoch() == self.term() && mayStand()) {
        election.urged();
      }
    }
  }

  private boolean mayStand() {
    return self.voter() && leadership == null && !self.diskHangs() && !election.isDoubted();
  }

  /** Another may have the orders that are missing here: it is given the time to be elected. */
  private void doubted(long term) {
    if (leadership != null && !leadership.begun() && term == self.term()) {
      election.doubted();
      stepDown(0);
    }
  }

  /**
   * The catalog has seen a later term than anybody here remembers, or this one with another leader:
   * whoever follows either of the two must be led by neither.
   */
  private void outdated(long term) {
    if (leadership != null) {
      noticeTerm(Math.max(term, Epochs.next(self.term(), 0)));
    }
  }

  private void tick() {
    self.out.tick();
    if (!self.voter()) {
      recovery.tick();
    } else if (leadership == null) {
      election.tick();
      leaderCheck.tick();
    } else if (!leadership.tick()) {
      stepDown(0);
    }
  }

  private void unreachable(int peer) {
    leaderCheck.over(peer);
    if (leadership != null) {
      leadership.replicator().unreachable(peer);
    } else if (peer == self.leader() && self.voter()) {
      election.leaderFell();
    }
  }

  private void prove(long readId) {
    if (leadership != null) {
      leadership.prove(readId);
    } else {
      self.out.unproven(readId);
    }
  }

  /** The state machine's disk has everything up to here; the log keeps a tail for slow peers. */
  private void saved(long index) {
    boolean older = index <= saved.index() || index < self.log.base().index();
    if (index > self.applied() || older) {
      return;
    }
    saved = new LogPosition(self.log.termAt(index), index);
    int keep = self.options.keepEntries();
    long base = index - keep;
    if (leadership != null) {
      leadership.replicator().saved(saved);
      base = Math.min(base, leadership.replicator().neededAfter());
    }
    if (base - self.log.base().index() >= Math.max(1, keep / 2)) {
      self.log.dropThrough(base);
      self.out.command(new RaftCommand.DropThrough(self.log.base()));
    }
  }

  private void receive(Message received) {
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
      self.out.sendOnceDurable(new RecoverReply(
          self.id(), request.from(), request.life(), self.term(), self.log.last()));
    } else if (message instanceof RecoverReply reply) {
      recovery.onReply(reply);
    } else {
      noticeTerm(message.term());
      receiveInTerm(message);
    }
  }

  private static long newestTerm(RaftMessage message) {
    return message instanceof RecoverReply reply ? reply.highestTerm() : message.term();
  }

  private void receiveInTerm(RaftMessage message) {
    boolean current = message.term() == self.term();
    if (message instanceof AppendRequest request) {
      if (current && obey(request.from())) {
        follower.onAppend(request);
      } else {
        follower.refuse(request);
      }
    } else if (message instanceof SnapshotRequest request) {
      if (current && obey(request.from())) {
        onSnapshot(request);
      } else {
        follower.refuse(request);
      }
    } else if (message instanceof TimeoutNow request) {
      if (current && self.mayLead(request.from()) && mayStand()) {
        election.stand(true);
      }
      self.out.sendOnceDurable(new TimeoutNowReply(self.id(), request.from(), self.term()));
    } else if (message instanceof WatchRequest request) {
      // A sign of life, which waits for no disk.
      self.out.send(new WatchReply(self.id(), request.from(), self.term()));
    } else if (message instanceof WatchReply reply) {
      leaderCheck.over(reply.from());
    } else if (current && leadership != null) {
      receiveAsLeader(message);
    }
  }

  private void onSnapshot(SnapshotRequest request) {
    follower.onSnapshot(request);
    if (self.log.base().index() > saved.index()) {
      saved = self.log.base();
    }
  }

  private void receiveAsLeader(RaftMessage message) {
    if (message instanceof AppendReply reply) {
      leadership.onReply(reply);
    } else if (message instanceof SnapshotReply reply) {
      leadership.onReply(reply);
    }
  }

  /** A vote asked for in a later term moves a replica there, unless it hears from a leader. */
  private void onVoteRequest(VoteRequest request) {
    if (election.hearsLeader() && !request.transfer()) {
      election.refuse(request);
      return;
    }
    if (!request.probe()) {
      noticeTerm(request.term());
    }
    election.onRequest(request);
  }

  private void onVoteReply(VoteReply reply) {
    // A granted probe is of a term that nobody is in yet.
    if (!(reply.probe() && reply.granted())) {
      noticeTerm(reply.term());
    }
    boolean current = reply.term() == self.term() || reply.probe();
    if (current && self.voter() && leadership == null) {
      election.onReply(reply);
    }
  }

  /** Figure 2, all servers: a later term makes everyone a follower in it. */
  private void noticeTerm(long term) {
    if (term > self.term()) {
      self.enter(term);
      stepDown(0);
    }
  }

  /** Follows the leader of this term; false, and nothing changes, where that is another one. */
  private boolean obey(int leader) {
    if (!self.mayLead(leader)) {
      self.note("refused_leader=" + leader + " term=" + Epochs.text(self.term()) + " leader="
          + self.leaderOfTerm());
      return false;
    }
    endLeadership(leader);
    election.heardLeader();
    return true;
  }

  private void stepDown(int leader) {
    endLeadership(leader);
    election.rest();
  }

  private void endLeadership(int leader) {
    if (leadership != null) {
      leadership.end();
      leadership = null;
    }
    self.follow(leader);
  }

  private void lead() {
    self.become(Role.LEADER, self.id());
    leadership = new LeaderRole(self, saved);
    leadership.announce();
  }

  @Override
  public List<Entry> unapplied() {
    long first = self.applied() + 1;
    return self.log.from(first, (int) (self.log.last().index() - first + 1));
  }

  @Override
  public Status status() {
    return new Status(
        self.id(),
        self.role(),
        self.term(),
        self.leader(),
        self.log.last(),
        self.committed(),
        self.known(),
        leadership != null && leadership.established(),
        leadership != null && leadership.quorate(),
        self.diskHangs());
  }

  /** The log held in memory: for tests that compare replicas. */
  RaftLog log() {
    return self.log;
  }
}
