package toystore.primarybackup;

import toystore.model.Role;

/** Answers requests, asks nothing. */
final class FollowerPhase implements Phase {
  @Override
  public Role role() {
    return Role.FOLLOWER;
  }
}
