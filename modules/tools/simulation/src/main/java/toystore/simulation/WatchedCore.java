package toystore.simulation;

import java.util.List;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.ReplicaCore;

/** A core of either engine, watched, and where a rule is left out, wired otherwise. */
final class WatchedCore implements ReplicaCore {
  private final Replica replica;
  private final World world;
  private final OrderState state;
  private final ReplicaCore core;

  WatchedCore(Replica replica, OrderState state, ReplicaCore core) {
    this.replica = replica;
    this.world = replica.world;
    this.state = state;
    this.core = core;
  }

  @Override
  public Effects step(Input input) {
    if (input instanceof Input.LogVerified verified
        && core.status().promised() == verified.epoch()
        && replica.log().last().equals(verified.last())) {
      world.log.begins(replica, verified.epoch());
    }
    if (input instanceof Input.Received received) {
      world.trace.arrived(replica, received.message());
    }
    Effects effects = core.step(input);
    state.expect(effects.toApply());
    return effects;
  }

  @Override
  public ReplicaStatus status() {
    return core.status();
  }

  @Override
  public List<Entry> unapplied() {
    return core.unapplied();
  }

  @Override
  public LogEnd tail(int most) {
    return core.tail(most);
  }
}
