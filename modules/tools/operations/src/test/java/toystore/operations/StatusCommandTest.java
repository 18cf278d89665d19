package toystore.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import toystore.operations.ServiceStatus.ServiceState;

class StatusCommandTest {
  private static final ServiceStatus LEADER = live(
      Service.replica(3),
      "{'role':'leader','leader':3,'epoch':'2.1','lastOrder':41,'behindBy':0,'state':'x','pid':1}");

  @Test
  void whatAServiceSaysStandsInItsRow() {
    ServiceStatus frontEnd = live(
        Service.frontEnd(1),
        "{'role':'front-end','leader':null,'cache':{'enabled':true,'size':7,'capacity':10,'hitRatio':0.955}}");
    ServiceStatus down = new ServiceStatus(
        Service.replica(1),
        ServiceState.DOWN,
        OptionalLong.empty(),
        "h:3",
        false,
        Duration.ZERO,
        false,
        Json.object());

    List<String> rows =
        StatusCommand.table(new StoreStatus(List.of(LEADER, frontEnd, down))).lines().stream()
            .map(row -> row.replaceAll(" {2,}", "|"))
            .toList();

    assertEquals("order-3|live|42|h:1|leader|order-3|2.1|41|0|-|-|1 min", rows.get(1));
    assertEquals("front-end|live|42|h:1|front-end|-|-|-|-|7 of 10|96%|1 min", rows.get(2));
    assertEquals("order-1|down|-|h:3|-|-|-|-|-|-|-|-", rows.get(3));
  }

  @Test
  void whatTheOperatorSawGoesBeforeWhatAServiceSays() {
    ObjectNode json = LEADER.toJson();

    assertEquals("live", json.path("state").asText());
    assertEquals(42, json.path("pid").asInt());
    assertEquals("leader", json.path("role").asText());
  }

  @Test
  void ofTwoThatSayTheyLeadTheNewerDoes() {
    ServiceStatus old = live(Service.replica(1), "{'role':'leader','epoch':'1.9'}");

    assertEquals(Optional.of("order-3"), new StoreStatus(List.of(old, LEADER)).leader());
    assertTrue(old.isLeader());
  }

  @Test
  void timesAreShort() {
    assertEquals("59 s", StatusCommand.duration(Duration.ofSeconds(59)));
    assertEquals("59 min", StatusCommand.duration(Duration.ofSeconds(3_599)));
    assertEquals("23 h", StatusCommand.duration(Duration.ofHours(23)));
    assertEquals("2 d", StatusCommand.duration(Duration.ofHours(49)));
  }

  private static ServiceStatus live(Service service, String details) {
    byte[] json = details.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new ServiceStatus(
        service,
        ServiceState.LIVE,
        OptionalLong.of(42),
        "h:1",
        true,
        Duration.ofSeconds(61),
        false,
        (ObjectNode) Json.parse(json));
  }
}
