package toystore.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is in the way of starting services: others do their work already, or have their ports. */
final class Obstacles {
  static final String NOT_OURS = ", which this store did not start";

  private static final Duration UNTIL_CLOSED = Duration.ofSeconds(2);

  private final Fleet fleet;

  Obstacles(Fleet fleet) {
    this.fleet = fleet;
  }

  /** Refuses to start these where that could not succeed, or would not be what answers. */
  void refuse(List<Service> services) {
    List<String> lines = new ArrayList<>();
    List<RunningService> strangers = fleet.strangers();
    for (Service service : services) {
      Optional<RunningService> stranger = strangers.stream()
          .filter(running -> running.service().filter(service::equals).isPresent())
          .findFirst();
      stranger.ifPresentOrElse(
          running -> lines.add(service + " is run by " + running + NOT_OURS),
          () -> takenPort(service).ifPresent(lines::add));
    }
    if (!lines.isEmpty()) {
      throw new OperationFailed("nothing was started, for others are in the way:\n  "
          + String.join("\n  ", lines)
          + "\nend them first, or use other ports (--free-ports) and another folder (--data)");
    }
  }

  /** Which of its ports another process has; empty when none. Tries to listen there itself. */
  Optional<String> takenPort(Service service) {
    return listeners(service).filter(Obstacles::isTaken).findFirst().map(WantedPort::described);
  }

  /** The same, by looking only: for a service that may be about to listen. */
  Optional<String> seenOnPort(Service service) {
    return listeners(service)
        .filter(listener -> Listeners.on(listener.port()).isPresent())
        .findFirst()
        .map(WantedPort::described);
  }

  /** Where a service is to listen. */
  private record WantedPort(Service service, String host, int port) {
    boolean isTaken() {
      try {
        return FreePorts.isTaken(InetAddress.getByName(host), port);
      } catch (UnknownHostException | IllegalArgumentException e) {
        return false; // No host, or no port: the service says so itself.
      }
    }

    String described() {
      return "port " + port + " of " + service + " is answered by "
          + Listeners.on(port).orElse("another process") + NOT_OURS;
    }
  }

  private Stream<WantedPort> listeners(Service service) {
    JsonNode conf = fleet.conf(service);
    return isSharedNow(service, conf)
        ? listeners(service, conf).limit(1)
        : listeners(service, conf);
  }

  /** Its public port is held by the one whose place it takes. */
  private boolean isSharedNow(Service service, JsonNode conf) {
    return conf.path("sharePort").asBoolean()
        && (service.equals(Service.STAND_IN) || fleet.recorded(Service.STAND_IN).isPresent());
  }

  private static Stream<WantedPort> listeners(Service service, JsonNode conf) {
    WantedPort first = new WantedPort(
        service, conf.path("host").asText("127.0.0.1"), conf.path("port").asInt());
    return conf.has("internalPort")
        ? Stream.of(
            new WantedPort(
                service,
                conf.path("internalHost").asText("127.0.0.1"),
                conf.path("internalPort").asInt()),
            first)
        : Stream.of(first);
  }

  /** One that was killed a moment ago may still be seen there, without a process to it. */
  private static boolean isTaken(WantedPort listener) {
    return !TimeLimit.await(
            UNTIL_CLOSED,
            () -> !listener.isTaken() || Listeners.processOn(listener.port()).isPresent())
        || listener.isTaken();
  }
}
