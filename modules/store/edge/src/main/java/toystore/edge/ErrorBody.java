package toystore.edge;

import toystore.model.KnownLeader;
import toystore.model.StoreError;
import toystore.model.StoreException;

/**
 * A failure between services.
 *
 * @param error what went wrong
 */
record ErrorBody(Detail error) {

  /**
   * @param code the HTTP status
   * @param reason what the caller can act on; null when HTTP itself went wrong
   * @param message for a person
   * @param leader whom a replica that does not lead knows as leader; null in other failures
   */
  record Detail(int code, StoreError reason, String message, KnownLeader leader) {}

  static ErrorBody of(int code, String message) {
    return new ErrorBody(new Detail(code, null, message, null));
  }

  static ErrorBody of(int code, StoreException refusal) {
    KnownLeader leader = refusal instanceof NotLeaderException named ? named.leader() : null;
    return new ErrorBody(new Detail(code, refusal.error(), refusal.getMessage(), leader));
  }
}
