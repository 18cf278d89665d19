package toystore.raft.core;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.raft.core.RaftMessage.VoteReply;
import toystore.raft.core.RaftMessage.VoteRequest;
import toystore.replication.Slowness;

/**
 * Both sides of an election, the candidate's and the voter's, and the clock that starts one (Raft
 * 5.2 and 5.4.1, dissertation 4.2.3 and 9.6). Owned by {@link RaftCore}.
 */
final class Election {
  private enum ElectionStage {
    NONE,
    /** Asking whether an election could be won. */
    PROBING,
    /** The same, though a leader is heard: who asked for it cannot use that one. */
    URGED,
    /** Asking for votes. */
    STANDING
  }

  /** Ticks by which lower ids let the next higher one go first when a leader is seen to fall. */
  private static final int STAGGER_TICKS = 3;
  /** So many times the usual timeout at most, however slow the leader is. */
  private static final int MOST_ELECTIONS = 10;

  private static final int FORGETTING_TICKS = 10;
  /** Election timeouts for which one whose log must not lead does not stand, at least. */
  private static final int DOUBTED_ELECTIONS = 10;

  private final RaftState self;
  private final SplittableRandom random;
  /** Of signs of the leader. */
  private final Slowness slowness;

  private ElectionStage stage = ElectionStage.NONE;
  /** Who would vote for it, while it asks that. Invariant: none of these counts as a vote. */
  private final Set<Integer> supporters = new HashSet<>();

  private final Set<Integer> refused = new HashSet<>();
  /**
   * The term in which it stood, until that is won; then, and at first, of none. Invariant: never a
   * term of an earlier life, whose votes it may not remember.
   */
  private long stoodIn = Epochs.NONE;
  /** Who voted for it in that term. They count as long as the term does, whatever it asks next. */
  private final Set<Integer> votes = new HashSet<>();

  /** Invariant: that write has its vote for itself, which counts once this is durable. */
  private long ownVoteWriteId;

  private int ticks;
  /** Whether it waits since a sign of its leader. */
  private boolean heardLeader;

  private int elapsed;
  private int timeout;
  private int urgedTicks;
  /** Ticks for which another should lead, because this log, as it is, lacks what it must have. */
  private int doubtedTicks;

  private LogPosition doubted;

  Election(RaftState self, SplittableRandom random) {
    this.self = self;
    this.random = random;
    int usual = self.options.electionTicks();
    this.slowness = new Slowness(usual, (long) MOST_ELECTIONS * usual);
    rest();
  }

  /** Starts to wait anew, for a random time (Raft 5.2): somebody leads, or may soon. */
  void rest() {
    stage = ElectionStage.NONE;
    heardLeader = false;
    elapsed = 0;
    timeout = patience() + random.nextInt(self.options.electionTicks());
  }

  /** The least silence of a leader that says something: more where it is slow of late. */
  private int patience() {
    return (int) slowness.patience();
  }

  void tick() {
    if (++ticks % FORGETTING_TICKS == 0 && elapsed < FORGETTING_TICKS) {
      slowness.forget();
    }
    // What it asked now would wait for the disk; a candidate would not even have its own vote.
    if (!self.promiseIsDurable() || self.diskHangs()) {
      return;
    }
    elapsed++;
    doubtedTicks = Math.max(0, doubtedTicks - 1);
    if (stage == ElectionStage.URGED && --urgedTicks <= 0) {
      stage = ElectionStage.NONE;
    }
    if (elapsed >= timeout && !isDoubted()) {
      probe();
    }
  }

  /**
   * It was elected, and its log must not lead: it does not stand for a while, unless that grows.
   */
  void doubted() {
    doubted = self.log.last();
    doubtedTicks = DOUBTED_ELECTIONS * self.options.electionTicks()
        + random.nextInt(DOUBTED_ELECTIONS * self.options.electionTicks());
  }

  boolean isDoubted() {
    return doubtedTicks > 0 && self.log.last().equals(doubted);
  }

  /** The leader's connection broke: do not wait until its silence says the same. */
  void leaderFell() {
    long above = self.options.peers().stream()
        .filter(peer -> peer > self.id() && peer != self.leader())
        .count();
    int wait = 1 + (int) above * STAGGER_TICKS;
    self.follow(0);
    timeout = Math.min(timeout, elapsed + wait);
  }

  private void probe() {
    self.follow(0);
    self.forgetLeaderOfTerm();
    begin(ElectionStage.PROBING);
    supporters.add(self.id());
    ask(Epochs.next(self.term(), 0), true, false);
    count();
  }

  /** Stands, if it would win, in place of a leader that may well be heard. */
  void urged() {
    begin(ElectionStage.URGED);
    urgedTicks = self.options.electionTicks();
    supporters.add(self.id());
    ask(Epochs.next(self.term(), 0), true, true);
    count();
  }

  /** The leader was heard: no election, but the one that is asked for all the same. */
  void heardLeader() {
    ElectionStage before = stage;
    if (heardLeader) {
      slowness.took(elapsed);
    }
    rest();
    heardLeader = true;
    stage = before == ElectionStage.URGED ? before : stage;
  }

  /** Stands for election in the next term (Raft 5.2). */
  void stand(boolean transfer) {
    // Term and vote are written in this very step, and nobody is asked before they are durable: a
    // candidate that forgot its own vote in a crash could give that term another one.
    begin(ElectionStage.STANDING);
    self.enter(Epochs.next(self.term(), 0));
    self.vote(self.id());
    self.become(Role.CANDIDATE, 0);
    stoodIn = self.term();
    votes.clear();
    ownVoteWriteId = self.writes.nextId();
    ask(self.term(), false, transfer);
  }

  private void begin(ElectionStage newStage) {
    rest();
    stage = newStage;
    supporters.clear();
    refused.clear();
  }

  private void ask(long term, boolean probe, boolean transfer) {
    LogPosition last = self.log.last();
    for (int peer : self.options.peers()) {
      self.out.sendOnceDurable(new VoteRequest(self.id(), peer, term, last, probe, transfer));
    }
  }

  /** A candidate's own vote counts, like any other, once it is durable. */
  void persisted(long writeId) {
    if (stoodInThisTerm() && writeId >= ownVoteWriteId) {
      votes.add(self.id());
    }
  }

  /** A reply of the candidate's term, or to a probe. */
  void onReply(VoteReply reply) {
    if (!reply.probe() && reply.granted()) {
      if (reply.term() == self.term() && stoodInThisTerm()) {
        votes.add(reply.from());
      }
    } else if (reply.probe() ? isProbing() : stage == ElectionStage.STANDING) {
      if (!reply.granted()) {
        refused.add(reply.from());
      } else if (reply.term() == Epochs.next(self.term(), 0)) {
        supporters.add(reply.from());
      }
      count();
    }
  }

  private void count() {
    if (isProbing() && supporters.size() >= self.options.majority()) {
      stand(stage == ElectionStage.URGED);
    } else if (stage == ElectionStage.URGED && refused.size() >= self.options.majority()) {
      stage = ElectionStage.NONE;
    } else if (refused.size() >= self.options.majority()) {
      // It cannot win any more: it waits for whoever can.
      rest();
      self.follow(0);
    }
  }

  private boolean isProbing() {
    return stage == ElectionStage.PROBING || stage == ElectionStage.URGED;
  }

  /** Not in a former life: what it was voted for then, it may not remember. */
  private boolean stoodInThisTerm() {
    return stoodIn != Epochs.NONE && stoodIn == self.term();
  }

  /** Whether a majority has made this replica the leader of its term; said once. */
  boolean takeVictory() {
    boolean won =
        stoodInThisTerm() && self.leader() == 0 && votes.size() >= self.options.majority();
    if (won) {
      stoodIn = Epochs.NONE;
      stage = ElectionStage.NONE;
    }
    return won;
  }

  /** Whether this replica heard from a leader less than the least election timeout ago. */
  boolean hearsLeader() {
    return self.leads() || self.leader() != 0 && elapsed < patience();
  }

  /** Answers a request that is not of a later term any more, unless it is a probe. */
  void onRequest(VoteRequest request) {
    // Who may have forgotten its promises votes for nobody; others only for a log that has all they
    // have (Raft 5.4.1): so whoever is elected has all that is committed.
    boolean grant = self.voter() && request.last().compareTo(self.log.last()) >= 0;
    if (request.probe()) {
      grant &= request.term() > self.term();
    } else {
      grant &= request.term() == self.term() && mayVoteFor(request.from());
      if (grant) {
        self.vote(request.from());
        rest();
      }
    }
    answer(request, grant);
  }

  /** One vote a term (Raft 5.2); the same candidate gets it again, for its request may repeat. */
  private boolean mayVoteFor(int candidate) {
    boolean free = self.votedFor() == 0 || self.votedFor() == candidate;
    return free && self.leader() == 0 && !self.leads();
  }

  void refuse(VoteRequest request) {
    answer(request, false);
  }

  private void answer(VoteRequest request, boolean grant) {
    // What is granted is the term asked for; a refusal says which term the candidate has missed.
    long term = grant ? request.term() : self.term();
    RaftMessage reply = new VoteReply(self.id(), request.from(), term, request.probe(), grant);
    // Figure 2, persistent state: a vote that a crash could undo would be given twice in its term.
    self.out.sendOnceDurable(reply);
  }
}
