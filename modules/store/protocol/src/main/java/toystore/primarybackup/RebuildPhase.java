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
final class RebuildPhase extends InquiringPhase {
  /** Where each peer stood when first heard of; what is newer does not hang on this replica. */
  private final Map<Integer, FetchReply> heard = new HashMap<>();

  private List<Integer> notedAsMissing = List.of();
  /** The epoch that the catalog obeyed when this process started. */
  private long fence = Epochs.NONE;

  RebuildPhase(ReplicaState state) {
    super(state);
  }

  @Override
  public Role role() {
    return Role.REBUILDING;
  }

  @Override
  boolean isHeard(int peer) {
    return intact(heard.get(peer));
  }

  @Override
  void hear(FetchReply reply) {
    if (!isHeard(reply.from())) {
      heard.put(reply.from(), reply);
    }
  }

  @Override
  void forget(int peer) {
    heard.remove(peer);
  }

  /** So that a person sees what a replica that does not come up is waiting for. */
  @Override
  void askedAgain() {
    List<Integer> missing =
        state.peers().stream().filter(peer -> !isHeard(peer)).toList();
    if (!missing.equals(notedAsMissing)) {
      notedAsMissing = missing;
      state.note("rebuilding=true needs=" + missing);
    }
  }

  private static boolean intact(FetchReply reply) {
    return reply != null && !reply.rebuilding();
  }

  @Override
  FetchStep take(Fetch from, FetchReply reply) {
    if (!from.take(reply, Long.MAX_VALUE)) {
      return FetchStep.GIVE_UP;
    }
    return upToDate() ? FetchStep.END : FetchStep.ASK_ON;
  }

  @Override
  Optional<Integer> source() {
    return allHeard() && enoughIntact() && !upToDate()
        ? mostUpToDate().map(FetchReply::from)
        : Optional.empty();
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

  void fenceKnown(long epoch) {
    fence = epoch;
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
    // The log may be newer than what was first heard, and the catalog may have heard more.
    long epoch = Math.max(Math.max(promised, state.log().last().epoch()), fence);
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
