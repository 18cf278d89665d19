package toystore.primarybackup;

import java.util.Optional;
import toystore.model.Epochs;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;

/**
 * A replica asks all others where they stand, and fetches what it lacks from one of them. No leader
 * is needed for that.
 */
abstract class InquiringPhase implements Phase {
  protected final ReplicaState state;

  /** The one under way, or null: one peer is fetched from at a time. */
  private Fetch fetch;

  private int ticks;

  InquiringPhase(ReplicaState state) {
    this.state = state;
  }

  /** What is to be done after a reply to the fetch. */
  enum FetchStep {
    ASK_ON,
    END,
    /** The peer has no more to give, or is gone: what it said of itself no longer counts. */
    GIVE_UP
  }

  /** Whether it is known where this peer stands. */
  abstract boolean isHeard(int peer);

  abstract void hear(FetchReply reply);

  /** Forgets where this peer stands: it is asked again. */
  abstract void forget(int peer);

  /** Whom to fetch from now; empty when nothing is lacking, or nobody is known to have it. */
  abstract Optional<Integer> source();

  /** Takes over what a peer answered to the fetch. */
  abstract FetchStep take(Fetch from, FetchReply reply);

  /** Those who were not heard were asked once more. */
  abstract void askedAgain();

  @Override
  public final void enter() {
    inquire();
  }

  @Override
  public final void tick() {
    if (fetch != null && fetch.tick()) {
      giveUpFetch();
    }
    if (++ticks % state.options().retryTicks() == 0) {
      inquire();
      askedAgain();
    }
    fetchIfLacking();
  }

  private void inquire() {
    for (int peer : state.peers()) {
      if (!isHeard(peer)) {
        state.send(Fetch.inquiry(state, peer));
      }
    }
  }

  private void giveUpFetch() {
    forget(fetch.peer());
    fetch = null;
  }

  private void fetchIfLacking() {
    if (fetch == null) {
      source().ifPresent(peer -> {
        fetch = new Fetch(state, peer, Epochs.NONE);
        fetch.ask();
      });
    }
  }

  @Override
  public final void reply(PrimaryBackupMessage message) {
    if (message instanceof FetchReply reply && reply.epoch() == Epochs.NONE) {
      state.heardCommitted(reply.committed());
      hear(reply);
      if (fetch != null && fetch.awaits(reply)) {
        goOn(take(fetch, reply));
      }
      fetchIfLacking();
    }
  }

  private void goOn(FetchStep step) {
    switch (step) {
      case ASK_ON -> fetch.ask();
      case END -> fetch = null;
      case GIVE_UP -> giveUpFetch();
    }
  }

  @Override
  public final void unreachable(int peer) {
    if (fetch != null && fetch.peer() == peer) {
      giveUpFetch();
    }
  }
}
