package toystore.raft.core;

import toystore.raft.core.RaftMessage.WatchRequest;

/**
 * A follower's questions to its leader for a sign of life: where the connection breaks, the loss is
 * known at once. Owned by {@link RaftCore}.
 */
final class LeaderCheck {
  private final RaftState self;
  private int asked;
  private int ticksSinceAsked;

  LeaderCheck(RaftState self) {
    this.self = self;
  }

  /** One question at a time: many that wait for a slow leader would look like a broken line. */
  void tick() {
    int pause = asked == self.leader() && asked != 0
        ? self.options.electionTicks()
        : self.options.heartbeatTicks();
    if (self.leader() != 0 && ++ticksSinceAsked >= pause) {
      ticksSinceAsked = 0;
      asked = self.leader();
      self.out.send(new WatchRequest(self.id(), asked, self.term()));
    }
  }

  /** This peer has answered, or cannot. */
  void over(int peer) {
    asked = peer == asked ? 0 : asked;
  }
}
