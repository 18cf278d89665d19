package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import toystore.model.EngineName;

class ConfigurationTest {
  private final Map<Service, ObjectNode> templates = templates(1);

  @Test
  void eachServiceHasItsOwnFolderAndAllTheSameToken() {
    Configuration made = new Configuration(templates).in(new StoreFolder(Path.of("/store")));

    assertEquals("/store/catalog", text(made, Service.CATALOG, "/data"));
    assertEquals("/store/order-2", text(made, Service.replica(2), "/data"));
    assertFalse(made.services().get(Service.frontEnd(1)).has("data"), "it keeps nothing");
    made.services()
        .values()
        .forEach(conf -> assertEquals("/store/token", conf.path("tokenFile").asText()));
  }

  @Test
  void everyAddressFollowsItsServiceToAFreePort() {
    AtomicInteger next = new AtomicInteger(30_000);

    Configuration made = new Configuration(templates).withPorts(next::getAndIncrement);

    assertEquals("30000", text(made, Service.CATALOG, "/port"));
    assertEquals("127.0.0.1:30000", text(made, Service.replica(3), "/catalog"));
    assertEquals("127.0.0.1:30000", text(made, Service.frontEnd(1), "/catalog"));
    assertEquals("127.0.0.1:30003", text(made, Service.replica(1), "/peers/1/address"));
    assertEquals("127.0.0.1:30001", text(made, Service.replica(2), "/peers/0/address"));
    assertEquals("127.0.0.1:30002", text(made, Service.frontEnd(1), "/replicas/1/address"));
    assertEquals("30004", text(made, Service.frontEnd(1), "/port"));
    assertEquals("30005", text(made, Service.frontEnd(1), "/internalPort"));
  }

  @Test
  void optionsGoWhereTheyBelongAndTheTemplatesStay() {
    String before = templates.toString();

    Configuration made =
        new Configuration(templates).withStock(7).withCache(Optional.of(false)).withPorts(() -> 1);

    assertEquals("7", text(made, Service.CATALOG, "/stock"));
    assertEquals("false", text(made, Service.frontEnd(1), "/cache/enabled"));
    assertEquals("10", text(made, Service.frontEnd(1), "/cache/capacity"));
    assertEquals(before, templates.toString());
  }

  @Test
  void whatHasAnotherShapeIsLeftForItsServiceToRefuse() {
    templates.get(Service.replica(1)).putArray("peers").add(7);
    templates.get(Service.frontEnd(1)).put("cache", true);

    Configuration made =
        new Configuration(templates).withCache(Optional.of(false)).withPorts(() -> 1);

    assertEquals("7", text(made, Service.replica(1), "/peers/0"));
    assertEquals("true", text(made, Service.frontEnd(1), "/cache"));
  }

  @Test
  void furtherFrontEndsDifferInNumberAndPorts() {
    Configuration made = new Configuration(templates(2));

    assertEquals("2", text(made, Service.frontEnd(2), "/id"));
    assertEquals("8081", text(made, Service.frontEnd(2), "/port"));
    assertEquals("8181", text(made, Service.frontEnd(2), "/internalPort"));
  }

  private static String text(Configuration made, Service service, String pointer) {
    JsonNode found = made.services().get(service).at(pointer);
    return found.asText();
  }

  /** From the templates of this checkout. */
  private static Configuration desks(boolean ownDatabase) {
    return new Configuration(Preparation.templates(
            Installation.find().conf(), EngineName.POSTGRES, Service.ofDesks(ownDatabase, 1)))
        .in(new StoreFolder(Path.of("/store")));
  }

  @Test
  void desksFollowTheirDatabaseToItsPort() {
    int[] next = {30_000};

    Configuration made = desks(true).withPorts(() -> next[0]++);

    assertEquals("30000", text(made, Service.DATABASE, "/port"));
    assertEquals(
        "postgresql://toystore@127.0.0.1:30000/toystore", text(made, Service.desk(2), "/database"));
    assertEquals("127.0.0.1:30002", text(made, Service.frontEnd(1), "/desks/1/address"));
    assertEquals("/store/database-password", text(made, Service.desk(1), "/passwordFile"));
    assertEquals("single", text(made, Service.desk(1), "/durability"));
  }

  @Test
  void aGivenDatabaseStaysWhereItIs() {
    Configuration made = desks(false)
        .with(new GivenDatabase(
            "postgresql://a,b/c", Optional.empty(), Optional.of(Path.of("/a.pem")), "replicated"))
        .withPorts(() -> 30_000);

    assertEquals("postgresql://a,b/c", text(made, Service.desk(1), "/database"));
    assertEquals("replicated", text(made, Service.desk(1), "/durability"));
    assertEquals("", text(made, Service.desk(1), "/passwordFile"));
    assertEquals("/a.pem", text(made, Service.desk(2), "/databaseAuthority"));
  }

  private static Map<Service, ObjectNode> templates(int frontEnds) {
    Map<Service, ObjectNode> templates = new LinkedHashMap<>();
    for (Service service : Service.all(frontEnds)) {
      String text =
          switch (service.kind()) {
            case CATALOG -> FakeInstallation.CATALOG;
            case ORDER -> FakeInstallation.replica(service.id());
            case FRONT_END -> FakeInstallation.FRONT_END;
            case DATABASE, DESK -> throw new AssertionError(service);
          };
      templates.put(service, (ObjectNode)
          Json.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }
    return templates;
  }
}
