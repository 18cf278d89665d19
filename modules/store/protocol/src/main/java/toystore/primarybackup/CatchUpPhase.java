package toystore.primarybackup;

import java.util.Comparator;
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
 * knows committed is final, so no leader is needed for it.
 */
final class CatchUpPhase implements Phase {
  /** So many times nobody has anything to say: go on without. */
  private static final int PATIENCE = 3;

  private final ReplicaState state;
  private final Map<Integer, Long> committedOf = new HashMap<>();
  private Fetch fetch;
  private int ticks;
  private int fruitless;

  CatchUpPhase(ReplicaState state) {
    this.state = state;
  }

  @Override
  public Role role() {
    return Role.CATCHING_UP;
  }

  @Override
  public void enter() {
    inquire();
  }

  @Override
  public void tick() {
    if (fetch != null && fetch.tick()) {
      giveUpFetch();
    }
    if (++ticks % state.options().retryTicks() == 0) {
      fruitless++;
      inquire();
    }
    fetchIfBehind();
  }

  private void inquire() {
    for (int peer : state.peers()) {
      if (!committedOf.containsKey(peer)) {
        state.send(Fetch.inquiry(state, peer));
      }
    }
  }

  private void giveUpFetch() {
    committedOf.remove(fetch.peer());
    fetch = null;
  }

  @Override
  public void reply(PrimaryBackupMessage message) {
    if (message instanceof FetchReply reply && reply.epoch() == Epochs.NONE) {
      state.heardCommitted(reply.committed());
      committedOf.merge(reply.from(), reply.committed(), Math::max);
      if (fetch != null && fetch.awaits(reply)) {
        take(reply);
      }
      fetchIfBehind();
    }
  }

  private void take(FetchReply reply) {
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
    boolean progress = fetch.take(reply, through);
    if (progress && reply.committed() > state.log().committed()) {
      fruitless = 0;
      fetch.ask();
    } else if (progress || !behind()) {
      fetch = null;
    } else {
      giveUpFetch();
    }
  }

  private void fetchIfBehind() {
    if (fetch != null || !behind()) {
      return;
    }
    Optional<Map.Entry<Integer, Long>> best =
        committedOf.entrySet().stream().max(Comparator.comparingLong(Map.Entry::getValue));
    if (best.isPresent() && best.get().getValue() > state.log().committed()) {
      fetch = new Fetch(state, best.get().getKey(), Epochs.NONE);
      fetch.ask();
    }
  }

  private boolean behind() {
    return state.known() > state.log().committed();
  }

  @Override
  public void unreachable(int peer) {
    if (fetch != null && fetch.peer() == peer) {
      giveUpFetch();
    }
  }

  @Override
  public Phase next() {
    boolean allHeard = committedOf.keySet().containsAll(state.peers());
    boolean someHeardAndWaited = !committedOf.isEmpty() && fruitless > 0;
    boolean level = !behind() && (allHeard || someHeardAndWaited);
    return level || fruitless >= PATIENCE ? new FollowerPhase() : this;
  }
}
