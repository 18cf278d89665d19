package toystore.replication;

import java.util.List;
import toystore.replication.Effects.Promise;

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

  /** A candidate asks for the promise to take part in no epoch below this one. */
  record PromiseRequest(int from, int to, long epoch) implements PrimaryBackupMessage {
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
    @Override
    public boolean isReply() {
      return true;
    }
  }
}
