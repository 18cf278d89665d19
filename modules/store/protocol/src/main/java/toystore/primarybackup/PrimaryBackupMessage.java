package toystore.primarybackup;

import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Require;
import toystore.replication.Effects.Promise;
import toystore.replication.Entry;
import toystore.replication.Message;

/**
 * What replicas of the primary-backup engine say to each other. Every reply tells the replier's
 * promise as of the reply, and leaves once that promise is durable.
 */
public sealed interface PrimaryBackupMessage extends Message {

  /** All kinds of message, for the wire format. */
  List<Class<? extends Message>> TYPES = List.of(
      PromiseRequest.class,
      PromiseReply.class,
      FetchRequest.class,
      FetchReply.class,
      AppendRequest.class,
      AppendReply.class);

  /** The latest epoch that it speaks of. */
  long newestEpoch();

  /** A candidate asks for the promise to take part in no epoch below this one. */
  record PromiseRequest(int from, int to, long epoch) implements PrimaryBackupMessage {
    public PromiseRequest {
      Message.requireEnds(from, to);
      requireEpoch(1, epoch);
    }

    @Override
    public long newestEpoch() {
      return epoch;
    }

    @Override
    public boolean isReply() {
      return false;
    }
  }

  /**
   * Answers a {@link PromiseRequest}.
   *
   * @param epoch the request's
   * @param granted the promise is made, to the asker
   * @param rebuilding refused because the replier may have forgotten an earlier promise
   * @param last position of the replier's last entry
   */
  record PromiseReply(
      int from,
      int to,
      long epoch,
      boolean granted,
      Promise promise,
      boolean rebuilding,
      LogPosition last)
      implements PrimaryBackupMessage {
    public PromiseReply {
      Message.requireEnds(from, to);
      requireEpoch(1, epoch);
      requirePromise(promise, rebuilding, last);
      Require.that(!granted || isMade(promise, epoch, to) && !rebuilding, "granted", promise);
    }

    @Override
    public long newestEpoch() {
      return Math.max(epoch, promise.epoch());
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /**
   * Asks for entries of the replier's log.
   *
   * @param epoch answered only while the replier's promise is this epoch, to the asker; {@link
   *     Epochs#NONE} for no condition
   * @param after position before the first entry wanted
   * @param limit most entries wanted; 0 asks only where the replier stands
   */
  record FetchRequest(int from, int to, long epoch, LogPosition after, int limit)
      implements PrimaryBackupMessage {
    public FetchRequest {
      Message.requireEnds(from, to);
      requireEpoch(Epochs.NONE, epoch);
      LogPosition.requirePlace("after", after);
      Require.atLeast(0, "limit", limit);
    }

    @Override
    public boolean asksOnly() {
      return epoch == Epochs.NONE;
    }

    @Override
    public long newestEpoch() {
      return epoch;
    }

    @Override
    public boolean isReply() {
      return false;
    }
  }

  /**
   * Answers a {@link FetchRequest}.
   *
   * @param epoch the request's
   * @param after the request's
   * @param limit the request's
   * @param matched the replier's log has that position, and the request's condition holds
   * @param entries what follows that position
   * @param last position of the replier's last entry
   * @param committed highest index the replier knows committed
   * @param rebuilding the replier's log may lack what its lost file held
   */
  record FetchReply(
      int from,
      int to,
      long epoch,
      LogPosition after,
      int limit,
      boolean matched,
      List<Entry> entries,
      LogPosition last,
      long committed,
      Promise promise,
      boolean rebuilding)
      implements PrimaryBackupMessage {
    public FetchReply {
      Message.requireEnds(from, to);
      requireEpoch(Epochs.NONE, epoch);
      LogPosition.requirePlace("after", after);
      Require.atLeast(0, "limit", limit);
      requirePromise(promise, rebuilding, last);
      Require.that(committed >= 0 && committed <= last.index(), "committed", committed);
      // Without the position behind which they come, entries would mean nothing.
      Entry.requireUnbroken(matched ? after : LogPosition.START, entries, last.epoch());
      Require.that(matched || entries.isEmpty(), "matched", matched);
      Require.that(entries.size() <= limit, "limit", limit);
      long end = entries.isEmpty() ? 0 : after.index() + entries.size();
      Require.that(end <= last.index(), "last", last);
    }

    @Override
    public long newestEpoch() {
      return Math.max(promise.epoch(), last.epoch());
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /**
   * A leader's entries, or its heartbeat when there are none.
   *
   * @param previous position before the first entry
   * @param committed highest index the leader knows committed
   * @param round grows with each request of this leader
   */
  record AppendRequest(
      int from,
      int to,
      long epoch,
      LogPosition previous,
      List<Entry> entries,
      long committed,
      long round)
      implements PrimaryBackupMessage {
    public AppendRequest {
      Message.requireEnds(from, to);
      requireEpoch(1, epoch);
      Entry.requireUnbroken(previous, entries, epoch);
      Require.that(committed >= 0 && committed <= LogPosition.MAX_INDEX, "committed", committed);
      Require.atLeast(1, "round", round);
    }

    @Override
    public long newestEpoch() {
      return epoch;
    }

    @Override
    public boolean isReply() {
      return false;
    }
  }

  /**
   * Answers an {@link AppendRequest}.
   *
   * @param epoch the request's
   * @param round the request's
   * @param accepted the replier's log has, durably, all that the request carried
   * @param match accepted: index up to which the request proved the logs equal; else: index before
   *     which the leader should try again
   * @param rebuilding refused because the replier may have forgotten an earlier promise
   */
  record AppendReply(
      int from,
      int to,
      long epoch,
      long round,
      boolean accepted,
      long match,
      Promise promise,
      boolean rebuilding)
      implements PrimaryBackupMessage {
    public AppendReply {
      Message.requireEnds(from, to);
      requireEpoch(1, epoch);
      Require.atLeast(1, "round", round);
      Require.that(match >= 0 && match <= LogPosition.MAX_INDEX, "match", match);
      Require.present("promise", promise);
      Require.that(!accepted || isMade(promise, epoch, to) && !rebuilding, "accepted", promise);
    }

    @Override
    public long newestEpoch() {
      return Math.max(epoch, promise.epoch());
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  private static void requireEpoch(long least, long epoch) {
    Require.that(epoch >= least && epoch <= Epochs.LAST, "epoch", epoch);
  }

  /** A replica's log has no entry of a later epoch than its promise, but while it is rebuilding. */
  private static void requirePromise(Promise promise, boolean rebuilding, LogPosition last) {
    Require.present("promise", promise);
    LogPosition.requirePlace("last", last);
    Require.that(rebuilding || last.epoch() <= promise.epoch(), "last", last);
  }

  private static boolean isMade(Promise promise, long epoch, int leader) {
    return promise.epoch() == epoch && promise.leader() == leader;
  }
}
