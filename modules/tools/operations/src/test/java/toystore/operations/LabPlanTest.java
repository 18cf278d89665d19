package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import toystore.operations.ServiceLinks.ServiceLink;

class LabPlanTest {
  private final Map<Service, ObjectNode> services = services();
  private final AtomicInteger next = new AtomicInteger(20_000);

  @Test
  void everyServiceCallsEachOtherByALineOfItsOwn() {
    LabPlan plan = LabPlan.of(8070, services, next::getAndIncrement);

    // Each replica calls the catalog and two peers; the front-end calls all; the catalog calls it.
    assertEquals(3 * 3 + 4 + 1, plan.lines().size());
    ServiceLink line = plan.lines().stream()
        .filter(its -> its.caller().equals("order-1") && its.called().equals("catalog"))
        .findFirst()
        .orElseThrow();
    assertEquals(8190, line.targetPort());
    assertEquals(
        "127.0.0.1:" + line.port(),
        services.get(Service.replica(1)).path("catalog").asText());
    assertEquals(
        "127.0.0.2", services.get(Service.frontEnd(1)).path("advertisedHost").asText());
    assertEquals(plan, LabPlan.of(plan.toJson()), "a lab that starts again has the same lines");
  }

  @Test
  void theLabsPageMayUseTheFrontEndAndNoOtherMay() {
    LabPlan.of(8070, services, next::getAndIncrement);

    assertEquals(
        "[\"http://127.0.0.1:8070\",\"http://localhost:8070\"]",
        services.get(Service.frontEnd(1)).path("corsOrigins").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.168.0.7", "shop.example", "127.0.0.1.evil.example"})
  void aStoreThatOthersCanReachGetsNoLab(String host) {
    for (String key : new String[] {"host", "internalHost", "advertisedHost"}) {
      Map<Service, ObjectNode> open = services();
      open.get(Service.frontEnd(1)).put(key, host);

      OperationFailed refusal =
          assertThrows(OperationFailed.class, () -> LabPlan.of(8070, open, next::getAndIncrement));

      assertTrue(refusal.getMessage().contains(key + " of front-end is " + host));
      assertTrue(refusal.getMessage().contains("loopback only"));
    }
  }

  @Test
  void aStoreWithTlsGetsNoLab() {
    services.get(Service.CATALOG).putObject("tls");

    OperationFailed refusal = assertThrows(
        OperationFailed.class, () -> LabPlan.of(8070, services, next::getAndIncrement));

    assertTrue(refusal.getMessage().contains("catalog has tls"));
  }

  private static Map<Service, ObjectNode> services() {
    Map<Service, ObjectNode> made = new LinkedHashMap<>();
    made.put(Service.CATALOG, json(FakeInstallation.CATALOG));
    Service.replicas()
        .forEach(replica -> made.put(replica, json(FakeInstallation.replica(replica.id()))));
    made.put(Service.frontEnd(1), json(FakeInstallation.FRONT_END));
    return made;
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
