package toystore.replication;

/** Answers requests, asks nothing. */
final class Following implements Phase {
  @Override
  public Role role() {
    return Role.FOLLOWER;
  }
}
