package toystore.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.NameLeader;
import toystore.leader.LeaderSelector.Ping;
import toystore.model.EngineName;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.LogPosition;
import toystore.model.ReplicaHealth;
import toystore.model.Role;

/** A front-end that selects leaders, and what it hears of three replicas. */
abstract class LeaderSelectorCase {
  static final int FRONT_END = 9;
  static final long TICK_MS = 10;
  static final long START_MS = 1_000;
  static final long E1 = Epochs.of(1, FRONT_END);
  static final long E2 = Epochs.of(2, FRONT_END);
  static final long OTHERS = Epochs.of(5, 2);

  LeaderSelector selector = new LeaderSelector(SelectorOptions.of(FRONT_END, List.of(1, 2, 3)));
  final HealthWatch catalog = new HealthWatch(300);
  long nowMs = START_MS;
  EngineName engine = EngineName.PRIMARY_BACKUP;

  void appoint3() {
    tick();
    follower(1);
    follower(2);
    follower(3);
  }

  void lead3() {
    appoint3();
    answer(leader(3, E1));
    assertEquals(Optional.of(new KnownLeader(3, E1)), selector.leader());
  }

  /** The leader answers all the time, and says that it does not serve. */
  void idle3(long forMs) {
    for (long until = nowMs + forMs; nowMs < until; ) {
      answer(says(3, Role.LEADER, E1, 3).ready(true).build());
      after(10);
      alive(1, 2);
    }
  }

  List<Action> tick() {
    return selector.tick(nowMs);
  }

  /** Time passes, and no tick is late. */
  List<Action> after(long passedMs) {
    List<Action> actions = new ArrayList<>();
    for (long leftMs = passedMs; leftMs > 0; leftMs -= TICK_MS) {
      nowMs += Math.min(leftMs, TICK_MS);
      actions.addAll(tick());
    }
    return actions;
  }

  void catalogIsDown() {
    catalog.broken();
    selector.catalogSeen(nowMs, catalog);
  }

  void alive(int... ids) {
    for (int id : ids) {
      follower(id);
    }
  }

  List<Action> follower(int id) {
    return answer(health(id, Role.FOLLOWER, 0));
  }

  List<Action> answer(ReplicaHealth health) {
    return answer(health, 0);
  }

  /** To a ping that was sent so long ago. */
  List<Action> answer(ReplicaHealth health, long agoMs) {
    return new ArrayList<>(selector.answered(nowMs, nowMs - START_MS - agoMs, health));
  }

  ReplicaHealth health(int id, Role role, long promised) {
    return says(id, role, promised, 0).build();
  }

  /** A follower that knows a leader. */
  ReplicaHealth names(int id, int leader, long epoch) {
    return says(id, Role.FOLLOWER, epoch, leader).build();
  }

  ReplicaHealth leader(int id, long epoch) {
    return says(id, Role.LEADER, epoch, id).ready(true).serving(true).build();
  }

  ReplicaHealth.Builder says(int id, Role role, long promised, int leader) {
    return ReplicaHealth.of(id, engine, role).knows(leader, promised);
  }

  static LogPosition at(long epoch, long index) {
    return new LogPosition(epoch, index);
  }

  static List<Integer> pings(List<Action> actions) {
    return actions.stream()
        .filter(Ping.class::isInstance)
        .map(action -> ((Ping) action).replica())
        .toList();
  }

  static List<Action> appoints(List<Action> actions) {
    return actions.stream().filter(NameLeader.class::isInstance).toList();
  }

  static List<Action> appointments(long epoch, int leader) {
    return List.of(
        new NameLeader(3, epoch, leader),
        new NameLeader(2, epoch, leader),
        new NameLeader(1, epoch, leader));
  }
}
