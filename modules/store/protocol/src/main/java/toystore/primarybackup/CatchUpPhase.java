package toystore.primarybackup;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import toystore.model.Epochs;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;

/**
 * A replica that returns asks all others for what was committed while it was away. What a peer
 * knows committed is final, so no leader is needed for it. Once a leader sends what is lacking, it
 * is not fetched as well: all of it would be sent, read and taken in twice.
 *
 */
final class CatchUpPhase extends InquiringPhase {
  /** So many times nobody has anything to say: go on without. */
  private static final int PATIENCE = 3;

  private final Map<Integer, Long> committedOf = new HashMap<>();
  private int fruitless;

  CatchUpPhase(ReplicaState state) {
    super(state);
  }

  @Override
  public Role role() {
    return Role.CATCHING_UP;
  }

  @Override
  boolean isHeard(int peer) {
    return committedOf.containsKey(peer);
  }

  @Override
  void hear(FetchReply reply) {
    committedOf.merge(reply.from(), reply.committed(), Math::max);
  }

  @Override
  void forget(int peer) {
    committedOf.remove(peer);
  }

  @Override
  void askedAgain() {
    fruitless = state.isBroughtLevel() ? 0 : fruitless + 1;
  }

  @Override
  FetchStep take(Fetch from, FetchReply reply) {
    long through = reply.committed();
    long newestEpoch = reply.entries().stream()
        .filter(entry -> entry.index() <= through)
        .mapToLong(Entry::epoch)
        .max()
        .orElse(Epochs.NONE);
    if (newestEpoch > state.promise().epoch()) {
      // A leader of an older epoch must not replace these; who leads theirs is not known.
      state.promise(new Promise(newestEpoch, 0));
    }
    boolean progress = from.take(reply, through);
    if (state.isBroughtLevel()) {
      return FetchStep.END;
    }

    if (progress && reply.committed() > state.log().committed()) {
      fruitless = 0;
      return FetchStep.ASK_ON;
    }
    return progress || !behind() ? FetchStep.END : FetchStep.GIVE_UP;
  }

  /** Whoever knows most committed. */
  @Override
  Optional<Integer> source() {
    return behind() && !state.isBroughtLevel()
        ? committedOf.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .filter(best -> best.getValue() > state.log().committed())
            .map(Map.Entry::getKey)
        : Optional.empty();
  }

  private boolean behind() {
    return state.known() > state.log().committed();
  }

  @Override
  public Phase next() {
    boolean allHeard = committedOf.keySet().containsAll(state.peers());
    boolean someHeardAndWaited = !committedOf.isEmpty() && fruitless > 0;
    boolean level = !behind() && (allHeard || someHeardAndWaited);
    return level || fruitless >= PATIENCE ? new FollowerPhase() : this;
  }
}
