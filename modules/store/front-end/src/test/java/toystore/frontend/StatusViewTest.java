package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import toystore.edge.Address;
import toystore.edge.Token;
import toystore.frontend.ServingLoop.LoopView;
import toystore.leader.LeaderSelector;
import toystore.leader.SelectorOptions;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.ReplicaHealth;
import toystore.model.Role;

class StatusViewTest {
  private static final long FIRST = Epochs.next(Epochs.NONE, 1);
  private static final long SECOND = Epochs.next(FIRST, 1);

  private static final Address AT = new Address("127.0.0.1", 1);
  private static final FrontEndConfig.Services SERVICES = services(Optional.of(AT));

  private final LeaderSelector selector =
      new LeaderSelector(SelectorOptions.of(1, List.of(3, 2, 1)));
  private long nowMs = 1_000;

  @Test
  void aDeadReplicaHasNoRole() {
    answer(3, Role.LEADER, FIRST, 3, 7);
    answer(2, Role.FOLLOWER, FIRST, 3, 7);
    answer(1, Role.FOLLOWER, FIRST, 3, 7);
    assertEquals("leader", shown(3).role());

    selector.broken(nowMs, 3);
    answer(2, Role.LEADER, SECOND, 2, 9);
    answer(1, Role.FOLLOWER, SECOND, 2, 9);

    assertEquals("down", shown(3).state());
    assertNull(shown(3).role());
    assertNull(shown(3).epoch());
    assertEquals(7, shown(3).lastPosition());
    assertEquals(2, shown(3).behindBy());
    assertEquals("leader", shown(2).role());
  }

  @Test
  void aSilentReplicaHasNoRole() {
    answer(3, Role.LEADER, FIRST, 3, 7);
    for (int tick = 0; tick < 100; tick++) {
      nowMs += 10;
      selector.tick(nowMs);
    }

    assertEquals("silent", shown(3).state());
    assertNull(shown(3).role());
  }

  @Test
  void itsRoleIsBackWithItsNextAnswer() {
    answer(3, Role.LEADER, FIRST, 3, 7);
    selector.broken(nowMs, 3);
    answer(3, Role.FOLLOWER, SECOND, 2, 9);

    assertEquals("follower", shown(3).role());
    assertEquals(Epochs.text(SECOND), shown(3).epoch());
  }

  @Test
  void aStoreOfDesksShowsThemAndWhatTheyMakeSureOf() {
    answer(2, Role.LEADER, FIRST, 2, 7);
    FrontEndConfig.Services desks = services(Optional.empty());
    LoopView loop = new LoopView(0, 0, 0, 0, 0, 0, 0, "live", "single");

    JsonObject shown =
        StatusView.of(selector, desks, loop, null).encode().toJsonObject().getJsonObject("data");

    assertEquals(new JsonArray(), shown.getJsonArray("replicas"));
    assertEquals("desk-2", shown.getJsonArray("desks").getJsonObject(1).getString("service"));
    assertEquals("leader", shown.getJsonArray("desks").getJsonObject(1).getString("role"));
    assertEquals("single", shown.getString("durability"));
  }

  @Test
  void aStoreOfReplicasDoesNotSpeakOfDesks() {
    LoopView loop = new LoopView(0, 0, 0, 0, 0, 0, 0, "live", null);

    JsonObject shown =
        StatusView.of(selector, SERVICES, loop, null).encode().toJsonObject().getJsonObject("data");

    assertFalse(shown.containsKey("desks") || shown.containsKey("durability"));
  }

  private static FrontEndConfig.Services services(Optional<Address> catalog) {
    return new FrontEndConfig.Services(
        catalog, Map.of(), Token.of("0123456789abcdef0123456789abcdef"), Optional.empty());
  }

  private void answer(int id, Role role, long promised, int leader, long committed) {
    boolean leads = role == Role.LEADER;
    selector.tick(nowMs);
    selector.answered(
        nowMs,
        nowMs,
        ReplicaHealth.of(id, EngineName.PRIMARY_BACKUP, role)
            .knows(leader, promised)
            .log(new LogPosition(promised, committed), committed)
            .ready(leads)
            .serving(leads)
            .build());
  }

  private StatusView.ReplicaSummary shown(int id) {
    return StatusView.seen(selector, SERVICES).stream()
        .filter(replica -> replica.service().equals("order-" + id))
        .findFirst()
        .orElseThrow();
  }
}
