package toystore.primarybackup;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Role;
import toystore.primarybackup.PrimaryBackupMessage.FetchReply;
import toystore.replication.Effects.Promise;

/**
 * A replica with a new file may have promised and acknowledged what it does not know any more. It
 * takes part in nothing until every other has told where it stands: whatever it had a share in, one
 * of them knows too, as long as less than a majority lost their files.
 */
final class RebuildPhase implements Phase {
  private final ReplicaState state;
  /** Where each peer stood when first heard of; what is newer does not hang on this replica. */
  private final Map<Integer, FetchReply> heard = new HashMap<>();

  private Fetch fetch;
  private int ticks;
  private List<Integer> notedAsMissing = List.of();

  RebuildPhase(ReplicaState state) {
    this.state = state;
  }

  @Override
  public Role role() {
    return Role.REBUILDING;
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
      inquire();
      noteWhoIsMissing();
    }
    fetchIfLacking();
  }

  /** So that a person sees what a replica that does not come up is waiting for. */
  private void noteWhoIsMissing() {
    List<Integer> missing =
        state.peers().stream().filter(peer -> !intact(heard.get(peer))).toList();
    if (!missing.equals(notedAsMissing)) {
      notedAsMissing = missing;
      state.note("rebuilding=true needs=" + missing);
    }
  }

  private static boolean intact(FetchReply reply) {
    return reply != null && !reply.rebuilding();
  }

  private void inquire() {
    for (int peer : state.peers()) {
      if (!intact(heard.get(peer))) {
        state.send(Fetch.inquiry(state, peer));
      }
    }
  }

  private void giveUpFetch() {
    heard.remove(fetch.peer());
    fetch = null;
  }

  @Override
  public void reply(PrimaryBackupMessage message) {
    if (message instanceof FetchReply reply && reply.epoch() == Epochs.NONE) {
      state.heardCommitted(reply.committed());
      if (!intact(heard.get(reply.from()))) {
        heard.put(reply.from(), reply);
      }
      if (fetch != null && fetch.awaits(reply)) {
        take(reply);
      }
      fetchIfLacking();
    }
  }

  private void take(FetchReply reply) {
    if (!fetch.take(reply, Long.MAX_VALUE)) {
      giveUpFetch();
    } else if (upToDate()) {
      fetch = null;
    } else {
      fetch.ask();
    }
  }

  private void fetchIfLacking() {
    if (fetch == null && allHeard() && enoughIntact() && !upToDate()) {
      mostUpToDate().ifPresent(best -> {
        fetch = new Fetch(state, best.from(), Epochs.NONE);
        fetch.ask();
      });
    }
  }

  private boolean allHeard() {
    return heard.keySet().containsAll(state.peers());
  }

  /** Any majority that this replica was part of has a member that still knows. */
  private boolean enoughIntact() {
    long lost = 1 + heard.values().stream().filter(FetchReply::rebuilding).count();
    return lost < state.quorum().majority();
  }

  private boolean upToDate() {
    return mostUpToDate()
        .map(best -> best.last().compareTo(state.log().last()) <= 0)
        .orElse(true);
  }

  private Optional<FetchReply> mostUpToDate() {
    return heard.values().stream()
        .filter(reply -> !reply.rebuilding())
        .max(Comparator.comparing(FetchReply::last));
  }

  /** Nobody has anything: the store is new. */
  private boolean allEmpty() {
    return state.log().lastIndex() == 0
        && heard.values().stream().allMatch(reply -> reply.last().equals(LogPosition.START));
  }

  @Override
  public void unreachable(int peer) {
    if (fetch != null && fetch.peer() == peer) {
      giveUpFetch();
    }
  }

  @Override
  public Phase next() {
    if (allHeard() && (allEmpty() || enoughIntact() && upToDate())) {
      finish();
      return new CatchUpPhase(state);
    }
    return this;
  }

  private void finish() {
    Collection<FetchReply> replies = heard.values();
    long promised =
        replies.stream().mapToLong(reply -> reply.promise().epoch()).max().orElse(0);
    // The log may be newer than what was first heard.
    long epoch = Math.max(promised, state.log().last().epoch());
    state.promise(new Promise(epoch, leaderAllAgreeOn(replies, epoch)));
    state.rebuilt();
    state.note("rebuilt=true last=" + state.log().lastIndex() + " epoch=" + Epochs.text(epoch));
  }

  /**
   * The leader that all promises of this epoch name, else 0: if this replica had promised the epoch
   * to somebody else, that one's own promise would disagree.
   */
  private static int leaderAllAgreeOn(Collection<FetchReply> replies, long epoch) {
    int[] leaders = replies.stream()
        .map(FetchReply::promise)
        .filter(promise -> promise.epoch() == epoch)
        .mapToInt(Promise::leader)
        .distinct()
        .toArray();
    return leaders.length == 1 ? leaders[0] : 0;
  }
}
