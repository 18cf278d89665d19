package toystore.edge;

import java.util.Objects;
import toystore.model.KnownLeader;
import toystore.model.StoreError;
import toystore.model.StoreException;

/** A replica does not lead, and says whom it knows as leader: the caller may ask there. */
public final class NotLeaderException extends StoreException {
  private static final long serialVersionUID = 1;

  private final transient KnownLeader leader;

  public NotLeaderException(KnownLeader leader, String message) {
    super(StoreError.NOT_LEADER, message);
    this.leader = Objects.requireNonNull(leader, "leader");
  }

  public KnownLeader leader() {
    return leader;
  }
}
