package toystore.primarybackup;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.primarybackup.PrimaryBackupMessage.PromiseReply;
import toystore.primarybackup.PrimaryBackupMessage.PromiseRequest;
import toystore.replication.Effects.Fact;
import toystore.replication.Input;

/**
 * A replica named leader gathers the promises of a majority and the most up-to-date log among them;
 * whoever named it may be gone by then. It leads once the catalog, too, knows nothing that this log
 * lacks; until then it goes on asking, for a replica that was away may bring it. It stands once an
 * epoch, and never again after a restart: it might have led meanwhile.
 */
final class CandidatePhase implements Phase {
  private final ReplicaState state;
  private final long epoch;
  // Invariant: all have promised this very epoch; a majority of them has whatever was committed.
  private final Map<Integer, LogPosition> promised = new HashMap<>();
  private final Set<Integer> refused = new HashSet<>();
  private Fetch fetch;
  private int ticks;
  private boolean overtaken;
  /** Where the log ended when the catalog was last to be asked about it, and when it agreed. */
  private LogPosition elected;

  private LogPosition verified;

  CandidatePhase(ReplicaState state) {
    this.state = state;
    this.epoch = state.promise().epoch();
  }

  @Override
  public Role role() {
    return Role.CANDIDATE;
  }

  @Override
  public void enter() {
    requestPromises();
  }

  @Override
  public void tick() {
    if (fetch != null && fetch.tick()) {
      withdraw(fetch.peer());
    }
    if (++ticks % state.options().retryTicks() == 0) {
      requestPromises();
    }
    adoptIfLacking();
  }

  private void requestPromises() {
    for (int peer : state.peers()) {
      if (!promised.containsKey(peer)) {
        // Its own promise counts, so it must be durable before another's can be counted with it.
        state.sendOnceDurable(new PromiseRequest(state.id(), peer, epoch));
      }
    }
  }

  /** Does without this peer's promise, unless it renews it. */
  private void withdraw(int peer) {
    promised.remove(peer);
    if (fetch != null && fetch.peer() == peer) {
      fetch = null;
    }
  }

  @Override
  public void reply(PrimaryBackupMessage message) {
    if (message instanceof PromiseReply reply && reply.epoch() == epoch) {
      promiseReply(reply);
    } else if (message instanceof FetchReply reply && reply.epoch() == epoch) {
      fetchReply(reply);
    }
    adoptIfLacking();
  }

  private void promiseReply(PromiseReply reply) {
    if (reply.granted()) {
      promised.put(reply.from(), reply.last());
      refused.remove(reply.from());
    } else if (!reply.rebuilding()) {
      refusal(reply.from(), reply.promise().epoch());
    }
  }

  private void refusal(int peer, long promisedEpoch) {
    refused.add(peer);
    overtaken |= promisedEpoch > epoch;
    withdraw(peer);
  }

  private void fetchReply(FetchReply reply) {
    if (reply.promise().epoch() > epoch) {
      refusal(reply.from(), reply.promise().epoch());
    } else if (fetch != null && fetch.awaits(reply)) {
      if (!reply.matched() || !fetch.take(reply, Long.MAX_VALUE)) {
        withdraw(reply.from());
      } else if (lacksEntries()) {
        fetch.ask();
      } else {
        fetch = null;
      }
    }
  }

  private void adoptIfLacking() {
    if (fetch == null && !overtaken && enoughPromises() && lacksEntries()) {
      fetch = new Fetch(state, mostUpToDate(), epoch);
      fetch.ask();
    }
  }

  private boolean enoughPromises() {
    return Rules.enoughPromises(1 + promised.size(), state.quorum());
  }

  private boolean lacksEntries() {
    return promised.values().stream()
        .anyMatch(last -> Rules.mustAdopt(state.log().last(), last));
  }

  private int mostUpToDate() {
    return promised.entrySet().stream()
        .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .orElseThrow()
        .getKey();
  }

  @Override
  public void unreachable(int peer) {
    if (fetch != null && fetch.peer() == peer) {
      withdraw(peer);
      adoptIfLacking();
    }
  }

  @Override
  public Phase next() {
    boolean hopeless =
        !Rules.enoughPromises(1 + state.peers().size() - refused.size(), state.quorum());
    if (overtaken || hopeless || !state.promisedTo(epoch, state.id())) {
      state.note("epoch=" + Epochs.text(epoch) + " given_up=true refused=" + refused);
      return new FollowerPhase();
    }
    return state.promiseIsDurable() && enoughPromises() && !lacksEntries() && isVerified()
        ? new LeaderPhase(state, promised)
        : this;
  }

  /** Its log has all that the catalog was ever told of: else it waits for one that has more. */
  private boolean isVerified() {
    LogPosition last = state.log().last();
    if (!last.equals(elected)) {
      elected = last;
      state.fact(new Fact.Elected(epoch, last));
    }
    return last.equals(verified);
  }

  void verified(Input.LogVerified input) {
    if (input.epoch() == epoch) {
      verified = input.last();
    }
  }
}
