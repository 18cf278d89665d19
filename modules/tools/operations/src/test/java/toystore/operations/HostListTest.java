package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import toystore.model.EngineName;

class HostListTest {
  private static final List<String> SIX = List.of(
      "# a comment",
      "10.0.0.11 catalog",
      "10.0.0.12 order-1",
      " 10.0.0.13   order-2 ",
      "order-three.example order-3",
      "",
      "10.0.0.15 front-end",
      "10.0.0.16 front-end");

  @Test
  void eachLineIsAMachineAndASecondFrontEndIsAnother() {
    HostList hosts = HostList.parse(SIX, Service.all(1));

    assertEquals("10.0.0.13", hosts.address(Service.replica(2)));
    assertEquals("10.0.0.15", hosts.address(Service.frontEnd(1)));
    assertEquals("10.0.0.16", hosts.address(Service.frontEnd(2)));
    assertEquals(2, hosts.frontEnds());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.17 | is not an address and its services",
        "10.0.0.17 shop | no service 'shop'",
        "10.0.0.17 front-end-2 | no service 'front-end-2'",
        "10.0.0.17 order-2 | two machines are named for order-2",
        "10.0.0.16 front-end | two front-ends are named on 10.0.0.16",
        "a/b order-1 | 'a/b' is no address of a machine",
      })
  void aLineThatCannotBeIsRefused(String line, String complaint) {
    List<String> lines = new ArrayList<>(SIX);
    lines.add(line);

    OperationFailed refusal =
        assertThrows(OperationFailed.class, () -> HostList.parse(lines, Service.all(1)));

    assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
  }

  @Test
  void aServiceWithoutAMachineIsNamed() {
    OperationFailed refusal = assertThrows(
        OperationFailed.class,
        () -> HostList.parse(List.of("127.0.0.1 catalog,order-1,order-3"), Service.all(1)));

    assertEquals("no machine is named for order-2", refusal.getMessage());
  }

  @Test
  void everyServiceListensOnItsMachineAndFindsTheOthers() {
    Map<Service, ObjectNode> services = placed(true);

    JsonNode order = services.get(Service.replica(3));
    assertEquals("order-three.example", order.path("host").asText());
    assertEquals("10.0.0.11:8190", order.path("catalog").asText());
    assertEquals("10.0.0.12:8201", order.at("/peers/0/address").asText());
    assertEquals("10.0.0.13:8202", order.at("/peers/1/address").asText());
    assertEquals("/var/lib/toystore/order-3", order.path("data").asText());
    JsonNode frontEnd = services.get(Service.frontEnd(2));
    assertEquals(2, frontEnd.path("id").asInt());
    assertEquals("0.0.0.0", frontEnd.path("host").asText());
    assertEquals(8080, frontEnd.path("port").asInt());
    assertEquals("10.0.0.16", frontEnd.path("internalHost").asText());
    assertEquals("10.0.0.16", frontEnd.path("advertisedHost").asText());
    assertEquals("order-three.example:8203", frontEnd.at("/replicas/2/address").asText());
  }

  @Test
  void certificatesAreNamedOnlyWhereTheyAreWanted() {
    placed(false).values().forEach(conf -> assertTrue(!conf.has("tls") && !conf.has("publicTls")));
    placed(true).forEach((service, conf) -> {
      assertEquals("/etc/toystore/authority.pem", conf.at("/tls/authority").asText());
      assertEquals(service.kind() == Service.ServiceKind.FRONT_END, conf.has("publicTls"));
    });
  }

  @Test
  void desksAndFrontEndsAreAStoreOnPostgres() {
    List<String> lines = List.of("10.0.0.21 desk-1,front-end", "10.0.0.22 desk-2");
    List<Service> known = Service.ofDesks(false, 1);
    HostList hosts = HostList.parse(lines, known);
    Map<Service, ObjectNode> services = new Configuration(
            Preparation.templates(Installation.find().conf(), EngineName.POSTGRES, known))
        .services();

    new HostPlacement(hosts, EngineName.POSTGRES, true).apply(services);

    JsonNode desk = services.get(Service.desk(2));
    assertEquals("10.0.0.22", desk.path("host").asText());
    assertEquals("/etc/toystore/token", desk.path("tokenFile").asText());
    assertTrue(!desk.has("data") && desk.has("tls"), desk.toString());
    JsonNode frontEnd = services.get(Service.frontEnd(1));
    assertEquals("10.0.0.21:8301", frontEnd.at("/desks/0/address").asText());
    assertEquals("10.0.0.22:8302", frontEnd.at("/desks/1/address").asText());
    assertEquals(
        "no service 'order-1': there are desk-1, desk-2, front-end",
        assertThrows(
                OperationFailed.class, () -> HostList.parse(List.of("10.0.0.21 order-1"), known))
            .getMessage());
  }

  /** From the templates of this checkout. */
  private static Map<Service, ObjectNode> placed(boolean tls) {
    HostList hosts = HostList.parse(SIX, Service.all(1));
    Map<Service, ObjectNode> services = new Configuration(Preparation.templates(
            Installation.find().conf(), EngineName.PRIMARY_BACKUP, Service.all(1)))
        .services();
    services.put(Service.frontEnd(2), services.get(Service.frontEnd(1)).deepCopy());
    new HostPlacement(hosts, EngineName.PRIMARY_BACKUP, tls).apply(services);
    return services;
  }
}
