package toystore.simulation;

import java.util.ArrayList;
import java.util.List;
import toystore.replication.Effects;
import toystore.replication.Entry;
import toystore.replication.Input;
import toystore.replication.Message;
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
    if (input instanceof Input.Verified verified
        && core.status().promised() == verified.epoch()
        && replica.log().last().equals(verified.last())) {
      world.log.begins(replica, verified.epoch());
    }
    Effects effects =
        core.step(input instanceof Input.Received received ? delivered(received) : input);
    state.expect(effects.toApply());
    return rewired(effects);
  }

  private Input delivered(Input.Received received) {
    Message message = world.wiring.delivered(received.message(), core.status());
    world.trace.arrived(replica, message);
    return new Input.Received(message);
  }

  private Effects rewired(Effects effects) {
    List<Message> atOnce = effects.toSend();
    List<Message> onceDurable = effects.toSendOnceDurable();
    if (!world.wiring.waitsForTheDisk()) {
      atOnce = new ArrayList<>(atOnce);
      atOnce.addAll(onceDurable);
      onceDurable = List.of();
    }
    return new Effects(
        atOnce,
        effects.toPersist(),
        onceDurable,
        effects.toApply().stream().map(world.wiring::applied).toList(),
        effects.proven(),
        effects.unproven(),
        effects.facts(),
        effects.commands());
  }

  @Override
  public Status status() {
    return core.status();
  }

  @Override
  public List<Entry> unapplied() {
    return core.unapplied();
  }
}
