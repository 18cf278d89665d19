package toystore.frontend;

import io.vertx.core.Future;
import java.time.Duration;
import toystore.edge.ServiceClient;
import toystore.model.ReplicaHealth;
import toystore.purchase.OrderMessages.Appointed;
import toystore.purchase.OrderMessages.Appointment;

/** A replica's health and office over HTTP. */
record ReplicaClient(ServiceClient client, Duration pingTimeout) implements ReplicaCalls {
  /** For several pings that are slow, and an appointment beside them. */
  static final int CONNECTIONS = 16;

  private static final Duration APPOINT_TIMEOUT = Duration.ofSeconds(1);

  @Override
  public Future<ReplicaHealth> health() {
    return client.get("/health", ReplicaHealth.class, pingTimeout);
  }

  @Override
  public Future<Appointed> appoint(Appointment appoint) {
    return client.post("/appoint", appoint, Appointed.class, APPOINT_TIMEOUT);
  }

  @Override
  public void close() {
    client.close();
  }
}
