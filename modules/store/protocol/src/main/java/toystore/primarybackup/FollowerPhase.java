package toystore.primarybackup;

import toystore.model.Role;

/** Asks nothing. What others ask is answered by {@link Answers}, in every phase. */
final class FollowerPhase implements Phase {
  @Override
  public Role role() {
    return Role.FOLLOWER;
  }
}
