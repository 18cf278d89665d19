package toystore.leader;

import toystore.model.KnownLeader;

/**
 * Whom another replica named as leader, while that may be news. It is asked until it says itself
 * that it leads, or the hint has come to nothing. Pure; owned by {@link LeaderSelector}.
 */
final class LeaderHint {
  private KnownLeader named = KnownLeader.NONE;

  /** What to do about it. */
  enum Next {
    NOTHING,
    LOOK,
    LEAD
  }

  /** Of several the latest counts, and none that would be no news. */
  void heard(KnownLeader leader, long newsFrom) {
    named = leader.epoch() >= Math.max(newsFrom, named.epoch()) ? leader : named;
  }

  /** The one named, or {@link KnownLeader#NONE}. */
  KnownLeader leader() {
    return named;
  }

  /**
   * What comes next.
   *
   * @param view of the one named
   * @param newsFrom the first epoch of which a leader would be news
   */
  Next next(long nowMs, ReplicaView view, long newsFrom, long highestEpoch) {
    if (named.epoch() < newsFrom || view.answering() && view.health().promised() > named.epoch()) {
      named = KnownLeader.NONE;
      return Next.NOTHING;
    }
    if (confirms(nowMs, view, highestEpoch)) {
      return Next.LEAD;
    }
    if (view.watch.lost()) {
      named = KnownLeader.NONE; // Looked at once more; from here on the checks do.
    }
    return Next.LOOK;
  }

  private boolean confirms(long nowMs, ReplicaView view, long highestEpoch) {
    return view.answering()
        && view.health().leads()
        && view.health().promised() == named.epoch()
        && named.epoch() == highestEpoch
        && !view.passedOver(nowMs);
  }
}
