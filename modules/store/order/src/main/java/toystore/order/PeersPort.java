package toystore.order;

import io.vertx.core.Future;
import java.util.Set;
import toystore.replication.Message;

/** A replica's way to the others. Owned by one event loop. */
public interface PeersPort {

  /** The ids of the other replicas. */
  Set<Integer> ids();

  /**
   * The reply to this request, which names its receiver.
   *
   * @return fails where none comes in time; the request may have been executed all the same
   */
  Future<Message> send(Message request);
}
