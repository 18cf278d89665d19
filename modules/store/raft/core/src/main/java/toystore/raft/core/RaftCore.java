package toystore.raft.core;

import java.util.List;
import java.util.SplittableRandom;
import toystore.model.LogPosition;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
import toystore.replication.ReplicaCore;

/**
 * Raft: replicas that elect their leader. This class is the door: it takes what happens in, and
 * draws the conclusions of a step in their order. Messages are taken in by {@link Inbox}, who leads
 * is the affair of {@link Roles} and {@link Election}. Owned by whoever calls {@link #step}, one
 * thread at a time.
 */
public final class RaftCore implements ReplicaCore {
  private final RaftState self;
  private final Election election;
  private final Roles roles;
  private final Inbox inbox;
  private final LostDiskRecovery recovery;
  /**
   * What the state machine has on its own disk, which snapshots are made of. Invariant: base of the
   * log <= saved <= applied.
   */
  private LogPosition saved;

  public RaftCore(RaftOptions options, Restored restored) {
    SplittableRandom random = new SplittableRandom(options.seed());
    self = new RaftState(options, restored);
    election = new Election(self, random);
    roles = new Roles(self, election);
    recovery = new LostDiskRecovery(self, random.nextLong());
    FollowerRole follower = new FollowerRole(self, restored.takenIn());
    inbox = new Inbox(self, election, roles, follower, recovery);
    saved = restored.saved();
  }

  @Override
  public Effects step(Input input) {
    take(input);
    if (!self.voter() && recovery.finish()) {
      election.rest();
    }
    roles.leadIfElected(saved);
    LeaderRole leadership = roles.leadership();
    if (leadership != null) {
      leadership.settle();
    }
    self.applyCommitted();
    if (leadership != null) {
      // Behind applying: a read is answered from a state that has all it must see.
      leadership.answerReads();
    }
    return self.drain();
  }

  private void take(Input input) {
    if (input instanceof Input.Tick) {
      tick();
    } else if (input instanceof Input.Received received) {
      receive(received.message());
    } else if (input instanceof Input.Persisted persisted) {
      self.writes.ended(persisted.writeId());
      election.persisted(persisted.writeId());
    } else if (input instanceof Input.Unreachable unreachable) {
      roles.unreachable(unreachable.peer());
    } else if (input instanceof Input.LogVerified verified) {
      roles.verified(verified.epoch());
    } else if (input instanceof Input.Doubted doubted) {
      roles.doubted(doubted.epoch());
    } else if (input instanceof Input.Outdated outdated) {
      roles.outdated(outdated.epoch());
    } else if (input instanceof Input.FenceKnown fence) {
      roles.fenceKnown(fence.epoch());
    } else if (input instanceof Input.Appoint appoint) {
      roles.appointed(appoint.leader(), appoint.epoch());
    } else if (input instanceof RaftInput.Saved nowSaved) {
      saved(nowSaved.index());
    } else if (input instanceof Input.Prove prove && roles.leadership() == null) {
      self.out.unproven(prove.readId());
    } else if (roles.leadership() != null) {
      takeAsLeader(input, roles.leadership());
    }
  }

  /** Whoever does not lead has no use for these. */
  private static void takeAsLeader(Input input, LeaderRole leadership) {
    if (input instanceof Input.Propose propose) {
      leadership.propose(propose.purchases());
    } else if (input instanceof Input.Prove prove) {
      leadership.prove(prove.readId());
    } else if (input instanceof Input.Resign) {
      leadership.resign();
    } else if (input instanceof RaftInput.SnapshotRead read) {
      leadership.replicator().onSnapshotRead(read.peer(), read.chunk());
    }
  }

  private void tick() {
    self.writes.tick();
    if (self.voter()) {
      roles.tick();
    } else {
      recovery.tick();
    }
  }

  private void receive(Message message) {
    inbox.receive(message);
    if (self.log.base().index() > saved.index()) {
      // A snapshot was installed: the state that is on disk by then covers it.
      saved = self.log.base();
    }
  }

  /** The state machine's disk has everything up to here; the log keeps a tail for slow peers. */
  private void saved(long index) {
    boolean older = index <= saved.index() || index < self.log.base().index();
    if (index > self.applied() || older) {
      return;
    }
    saved = new LogPosition(self.log.termAt(index), index);
    int keep = self.options.bounds().kept();
    long base = index - keep;
    LeaderRole leadership = roles.leadership();
    if (leadership != null) {
      leadership.replicator().saved(saved);
      base = Math.min(base, leadership.replicator().neededAfter());
    }
    // In big steps: each costs a copy of what is kept.
    if (base - self.log.base().index() >= Math.max(1, keep / 2)) {
      self.log.dropThrough(base);
      self.out.command(new RaftCommand.DropThrough(self.log.base()));
    }
  }

  @Override
  public List<Entry> unapplied() {
    long first = self.applied() + 1;
    return self.log.from(first, (int) (self.log.last().index() - first + 1));
  }

  @Override
  public LogEnd tail(int most) {
    long first = Math.max(self.log.base().index(), self.log.last().index() - most) + 1;
    return new LogEnd(self.writes.durable(), self.log.from(first, most));
  }

  @Override
  public ReplicaStatus status() {
    LeaderRole leadership = roles.leadership();
    return new ReplicaStatus(
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
