package toystore.model;

/** What a replica is at the moment. */
public enum Role {
  /** Its file was new or lost: it fetches from all others before it promises anything. */
  REBUILDING,
  /** Fetches what it missed while it was down; it takes part all the same. */
  CATCHING_UP,
  FOLLOWER,
  /** Named or standing as leader, gathering promises or votes. */
  CANDIDATE,
  LEADER
}
