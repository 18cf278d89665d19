package toystore.leader;

import toystore.model.ReplicaHealth;

/**
 * A replica as last seen.
 *
 * @param state live, silent, down or unknown
 * @param health its last answer, null before the first
 */
public record SeenReplica(int id, String state, ReplicaHealth health) {
  public boolean isLive() {
    return HealthWatch.WatchState.LIVE.text().equals(state);
  }
}
