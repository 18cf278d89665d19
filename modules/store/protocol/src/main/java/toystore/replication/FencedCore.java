package toystore.replication;

import java.util.List;
import toystore.model.Role;

/**
 * A replica that starts takes part in nothing before the catalog has said which epoch it obeys. Its
 * file may have gone back to before a promise: then a leader of before, who hung meanwhile, would
 * find a follower again, prove with it that newer orders do not exist, and commit others in their
 * place. A leader appends nothing before the catalog obeys it, so whoever promises no less than the
 * catalog's fence follows no leader whose successor has appended.
 *
 * <p>Until then it promises and acknowledges nothing, and no time passes that could make it stand
 * for election. It fetches what it lacks, and tells others what it has: what is known to be
 * committed is final. Owned by whoever owns the engine's core, which it wraps.
 */
public final class FencedCore implements ReplicaCore {
  private final ReplicaCore core;
  // Invariant: once true, it stays so: from then on the engine's own promise never falls.
  private boolean fenceKnown;

  /** @param core of any engine, which has taken no step yet */
  public FencedCore(ReplicaCore core) {
    this.core = core;
  }

  @Override
  public Effects step(Input input) {
    fenceKnown |= input instanceof Input.FenceKnown;
    return fenceKnown || !takesPart(input) ? core.step(input) : Effects.NONE;
  }

  private boolean takesPart(Input input) {
    if (input instanceof Input.Received received) {
      Message message = received.message();
      return !message.isReply() && !message.asksOnly();
    }
    return input instanceof Input.Appoint || input instanceof Input.Tick && !fetches();
  }

  private boolean fetches() {
    Role role = core.status().role();
    return role == Role.CATCHING_UP || role == Role.REBUILDING;
  }

  @Override
  public boolean knowsFence() {
    return fenceKnown;
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
