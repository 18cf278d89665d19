package toystore.raft.core;

import java.util.List;
import toystore.model.Epochs;
import toystore.model.LogPosition;
import toystore.model.Require;
import toystore.replication.Entry;
import toystore.replication.Message;

/** What Raft replicas say to each other. Each request names the reply that it draws. */
public sealed interface RaftMessage extends Message {

  /** The sender's term; 0 where terms play no role. */
  long term();

  /** Whether this answers a request. */
  default boolean isReply() {
    return false;
  }

  /**
   * Asks for a vote (Raft 5.2), or whether one could be had (dissertation 9.6).
   *
   * @param term the term stood for
   * @param last last position of the candidate's log
   * @param probe pre-vote: nobody's term or vote changes
   * @param transfer the leader itself wants this election (dissertation 3.10)
   */
  record VoteRequest(int from, int to, long term, LogPosition last, boolean probe, boolean transfer)
      implements RaftMessage {
    public VoteRequest {
      requireSent(from, to, term);
      LogPosition.requirePlace("last", last);
      Require.that(last.epoch() <= term, "last", last);
    }
  }

  /** @param term the term granted, or else the voter's own */
  record VoteReply(int from, int to, long term, boolean probe, boolean granted)
      implements RaftMessage {
    public VoteReply {
      requireAnswered(from, to, term);
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /**
   * Appends entries; without any, a heartbeat (Raft 5.3).
   *
   * @param previous the position before the entries
   * @param committed the leader's commit index
   * @param round number of the latest round of proofs of leadership (dissertation 6.4)
   */
  record AppendRequest(
      int from,
      int to,
      long term,
      LogPosition previous,
      List<Entry> entries,
      long committed,
      long round)
      implements RaftMessage {
    public AppendRequest {
      requireSent(from, to, term);
      Entry.requireUnbroken(previous, entries, term);
      requireIndex("committed", committed);
      Require.atLeast(0, "round", round);
      entries = List.copyOf(entries);
    }

    /** Index of the last entry that a follower has for certain when it accepts this. */
    long proved() {
      return previous.index() + entries.size();
    }
  }

  /**
   * @param round of the request
   * @param accepted whether the log held the previous position
   * @param index accepted: log and leader's are the same up to here, durably; refused: the previous
   *     index asked for
   * @param hint refused: the highest position of the follower's log that may be the leader's too
   * @param voter false while the follower is rebuilding: it counts for nothing
   */
  record AppendReply(
      int from,
      int to,
      long term,
      long round,
      boolean accepted,
      long index,
      LogPosition hint,
      boolean voter)
      implements RaftMessage {
    public AppendReply {
      requireAnswered(from, to, term);
      Require.atLeast(0, "round", round);
      requireIndex("index", index);
      LogPosition.requirePlace("hint", hint);
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /** A piece of a snapshot for a follower that is behind the start of the log (Raft 7). */
  record SnapshotRequest(int from, int to, long term, long round, SnapshotChunk chunk)
      implements RaftMessage {
    public SnapshotRequest {
      requireSent(from, to, term);
      Require.atLeast(0, "round", round);
      Require.present("chunk", chunk);
      Require.that(chunk.state().epoch() <= term, "chunk state", chunk.state());
    }
  }

  /**
   * @param state the snapshot spoken of
   * @param next the offset wanted next, behind what the follower has: so a transfer starts and
   *     resumes
   * @param installed the follower's state covers the snapshot, durably
   * @param voter as in {@link AppendReply}
   */
  record SnapshotReply(
      int from,
      int to,
      long term,
      long round,
      LogPosition state,
      long next,
      boolean installed,
      boolean voter)
      implements RaftMessage {
    public SnapshotReply {
      requireAnswered(from, to, term);
      Require.atLeast(0, "round", round);
      LogPosition.requirePlace("state", state);
      Require.that(next >= 0 && next <= state.index(), "next", next);
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /** The leader asks a level follower to stand for election at once (dissertation 3.10). */
  record TimeoutNow(int from, int to, long term) implements RaftMessage {
    public TimeoutNow {
      requireSent(from, to, term);
    }
  }

  record TimeoutNowReply(int from, int to, long term) implements RaftMessage {
    public TimeoutNowReply {
      requireAnswered(from, to, term);
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /**
   * A follower asks its leader for a sign of life. The answer says little; that the connection is
   * refused or broken says, far sooner than silence, that the leader's process has ended.
   */
  record WatchRequest(int from, int to, long term) implements RaftMessage {
    public WatchRequest {
      requireAnswered(from, to, term);
    }
  }

  record WatchReply(int from, int to, long term) implements RaftMessage {
    public WatchReply {
      requireAnswered(from, to, term);
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /**
   * A replica with a new or lost disk asks what its past life may have promised.
   *
   * @param life number of the asking life; answers to another are void
   */
  record RecoverRequest(int from, int to, long life) implements RaftMessage {
    public RecoverRequest {
      Message.requireEnds(from, to);
    }

    @Override
    public boolean asksOnly() {
      return true;
    }

    @Override
    public long term() {
      return 0;
    }
  }

  /**
   * @param highestTerm highest term the answering replica has seen
   * @param last last position of its log
   */
  record RecoverReply(int from, int to, long life, long highestTerm, LogPosition last)
      implements RaftMessage {
    public RecoverReply {
      requireAnswered(from, to, highestTerm);
      LogPosition.requirePlace("last", last);
      Require.that(last.epoch() <= highestTerm, "last", last);
    }

    @Override
    public long term() {
      return 0;
    }

    @Override
    public boolean isReply() {
      return true;
    }
  }

  /** A candidate or a leader asks in a term of its own. */
  private static void requireSent(int from, int to, long term) {
    requireAnswered(from, to, term);
    Require.atLeast(1, "term", term);
  }

  private static void requireAnswered(int from, int to, long term) {
    Message.requireEnds(from, to);
    Require.that(term >= Epochs.NONE && term <= Epochs.LAST, "term", term);
  }

  private static void requireIndex(String component, long index) {
    Require.that(index >= 0 && index <= LogPosition.MAX_INDEX, component, index);
  }
}
