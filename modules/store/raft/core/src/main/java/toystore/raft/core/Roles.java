package toystore.raft.core;

import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;

/**
 * Follower, candidate or leader: how a replica becomes each, and gives it up (Raft figures 2 and
 * 4). Owned by {@link RaftCore}.
 */
final class Roles {
  private final RaftState self;
  private final Election election;
  private final LeaderCheck leaderCheck;
  /** Invariant: there is one exactly while the role is leader, and it is of the current term. */
  private LeaderRole leadership;

  Roles(RaftState self, Election election) {
    this.self = self;
    this.election = election;
    leaderCheck = new LeaderCheck(self);
  }

  /** What it does as the leader; null while it is none. */
  LeaderRole leadership() {
    return leadership;
  }

  void tick() {
    if (leadership == null) {
      election.tick();
      leaderCheck.tick();
    } else if (!leadership.tick()) {
      stepDown();
    }
  }

  /** Leads, once a majority has voted for it. */
  void leadIfElected(LogPosition saved) {
    if (election.takeVictory()) {
      self.become(Role.LEADER, self.id());
      leadership = new LeaderRole(self, saved);
      leadership.announce();
    }
  }

  /** Figure 2, all servers: a later term makes everyone a follower in it. */
  void noticeTerm(long term) {
    if (term > self.term()) {
      self.enter(term);
      stepDown();
    }
  }

  /** Follows the leader of this term; false, and nothing changes, where that is another one. */
  boolean obey(int leader) {
    if (!self.mayLead(leader)) {
      self.note("refused_leader=" + leader + " term=" + Epochs.text(self.term()) + " leader="
          + self.leaderOfTerm());
      return false;
    }
    endLeadership(leader);
    election.heardLeader();
    return true;
  }

  private void stepDown() {
    endLeadership(0);
    election.rest();
  }

  private void endLeadership(int leader) {
    if (leadership != null) {
      leadership.end();
      leadership = null;
    }
    self.follow(leader);
  }

  boolean mayStand() {
    return self.voter() && leadership == null && !self.diskHangs() && !election.isDoubted();
  }

  /** The front-end asks for an election, because it cannot use who leads. */
  void appointed(int leader, long term) {
    if (leader == self.id() && term == self.term() && mayStand()) {
      election.urged();
    }
  }

  /** The catalog has nothing that this log lacks. */
  void verified(long term) {
    if (leadership != null && term == self.term()) {
      leadership.begin();
    }
  }

  /** Another may have the orders that are missing here: it is given the time to be elected. */
  void doubted(long term) {
    if (leadership != null && !leadership.begun() && term == self.term()) {
      election.doubted();
      stepDown();
    }
  }

  /**
   * The catalog has seen a later term than anybody here remembers, or this one with another leader:
   * whoever follows either of the two must be led by neither.
   */
  void outdated(long term) {
    if (leadership != null) {
      noticeTerm(Math.max(term, Epochs.next(self.term(), 0)));
    }
  }

  /**
   * The catalog had a leader of this term when this process started. Its disk may have forgotten
   * that, and whom it voted for: it votes for nobody in that term (Raft 5.2: one vote a term).
   */
  void fenceKnown(long term) {
    if (term > self.term()) {
      self.note("term=" + Epochs.text(self.term()) + " fence=" + Epochs.text(term));
      noticeTerm(term);
      self.vote(self.id());
    }
  }

  void unreachable(int peer) {
    leaderCheck.over(peer);
    if (leadership != null) {
      leadership.replicator().unreachable(peer);
    } else if (peer == self.leader() && self.voter()) {
      election.leaderFell();
    }
  }

  /** This peer has shown that it is alive. */
  void answered(int peer) {
    leaderCheck.over(peer);
  }
}
