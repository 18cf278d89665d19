package toystore.frontend;

import io.vertx.core.Future;
import toystore.model.ReplicaHealth;
import toystore.purchase.OrderMessages.Appointed;
import toystore.purchase.OrderMessages.Appointment;

/** How a {@link LeaderWatch} reaches one replica; each call ends, as a failure if need be. */
public interface ReplicaCalls {
  Future<ReplicaHealth> health();

  Future<Appointed> appoint(Appointment appoint);

  /** What is under way ends without an answer. */
  void close();
}
