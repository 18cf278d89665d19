package toystore.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import toystore.operations.Programs;
import toystore.operations.Service;
import toystore.relay.Flow;
import toystore.relay.Way;

/** On a real network, where the machine allows one. */
class NamespacesTest {
  private static final int NOBODY_LISTENS = 1;
  private static final int PATIENT_MS = 10_000;
  private static final int SILENT_MS = 300;

  private final Namespaces network = new Namespaces();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void aCutOneWayIsFeltByBothUntilItIsHealed() {
    open(network);
    String order = address(network, "order-2");
    assertThrows(ConnectException.class, () -> connect(order, PATIENT_MS));

    network.cut(List.of(new Way("order-2", Lan.DRILL)), Flow.FlowMode.HOLD);
    assertThrows(SocketTimeoutException.class, () -> connect(order, SILENT_MS));
    assertThrows(ConnectException.class, () -> connect(address(network, "order-3"), PATIENT_MS));

    network.heal();
    assertThrows(ConnectException.class, () -> connect(order, PATIENT_MS));
  }

  @Test
  void twoNetworksDoNotMeetAndLeaveNothing() {
    open(network);
    Namespaces other = new Namespaces();
    open(other);
    Set<String> names = Set.of(name(network), name(other));
    assertEquals(2, names.size());
    assertTrue(namespaces().containsAll(names));

    other.close();
    assertThrows(ConnectException.class, () -> connect(address(network, "order-1"), PATIENT_MS));
    network.close();

    assertTrue(Collections.disjoint(namespaces(), names));
  }

  @Test
  void aServiceListensAtItsOwnAddressAndKnowsThoseOfTheOthers() throws Exception {
    open(network);
    ObjectMapper json = new ObjectMapper();
    ObjectNode conf = (ObjectNode)
        json.readTree(
            """
        {"host":"127.0.0.1","port":4711,"internalHost":"127.0.0.1","internalPort":4712,
        "catalog":"127.0.0.1:4713","replicas":[{"id":2,"address":"127.0.0.1:4714"}]}
        """);

    network.tailor(new Service("front-end", Service.ServiceKind.FRONT_END, 1), conf);

    String own = address(network, "front-end");
    assertEquals(
        json.createObjectNode()
            .put("host", own)
            .put("port", 4711)
            .put("internalHost", own)
            .put("internalPort", 4712)
            .put("catalog", address(network, "catalog") + ":4713")
            .set(
                "replicas",
                json.createArrayNode()
                    .add(json.createObjectNode()
                        .put("id", 2)
                        .put("address", address(network, "order-2") + ":4714"))),
        conf);
  }

  /** What is missing is known only by trying, and is no failure of these tests. */
  private static void open(Namespaces network) {
    Optional<String> missing = network.open();
    assumeTrue(missing.isEmpty(), () -> "no network namespaces: " + missing.orElseThrow());
  }

  private static String name(Namespaces network) {
    return network.starter("catalog").get(3);
  }

  private static String address(Namespaces network, String service) {
    ObjectNode conf = new ObjectMapper().createObjectNode();
    network.tailor(new Service(service, Service.ServiceKind.ORDER, 1), conf);
    return conf.path("host").asText();
  }

  private static void connect(String host, int limitMs) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, NOBODY_LISTENS), limitMs);
    }
  }

  private static Set<String> namespaces() {
    return Programs.output("ip", "netns", "list")
        .orElse("")
        .lines()
        .map(line -> line.split(" ")[0])
        .collect(Collectors.toSet());
  }
}
