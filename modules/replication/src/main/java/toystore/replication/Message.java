package toystore.replication;

/**
 * What replicas say to each other. A request draws exactly one reply, made by the receiver in the
 * very step that took the request in; so a shell can carry both in one HTTP exchange.
 */
public interface Message {
  /** Id of the replica that sent it. */
  int from();

  /** Id of the replica it is for. */
  int to();

  /** Whether this answers a request. */
  boolean isReply();
}
