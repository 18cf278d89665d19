package toystore.frontend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
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
    return StatusView.of(selector, "live", null).replicas().stream()
        .filter(replica -> replica.service().equals("order-" + id))
        .findFirst()
        .orElseThrow();
  }
}
