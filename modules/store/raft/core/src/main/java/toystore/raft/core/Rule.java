package toystore.raft.core;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rules that are easily forgotten, each with where it is laid down. All hold in production;
 * tests leave them out one at a time and see a promise break.
 */
enum Rule {
  /** A vote is kept for its whole term, whatever else happens in it (Raft 5.2). */
  VOTE_ONCE_A_TERM,
  /** A voter's second answer adds nothing: requests are repeated and duplicated (Raft 5.2). */
  COUNT_A_VOTER_ONCE,
  /** A vote is durable before it is answered (Raft figure 2). */
  DURABLE_VOTE,
  /** A voter refuses a candidate whose log is behind its own (Raft 5.4.1). */
  VOTE_FOR_UP_TO_DATE_ONLY,
  /** Before it stands, a candidate asks whether it could win (dissertation 9.6). */
  PRE_VOTE,
  /** Who hears from a leader takes part in no election (dissertation 4.2.3). */
  STICK_TO_THE_LEADER,
  /** A leader that no majority answers gives up (dissertation 6.2). */
  CHECK_QUORUM,
  /** Entries are accepted only behind a previous one that matches (Raft 5.3). */
  PREVIOUS_MATCHES,
  /** Only entries that conflict are removed: appends arrive late and twice (Raft figure 2). */
  TRUNCATE_CONFLICTS_ONLY,
  /** What is compacted was committed, so it is the same everywhere (Raft 7). */
  COMPACTED_IS_COMMITTED,
  /** A follower's commit index stays within what this very append has proved (Raft figure 2). */
  COMMIT_WHAT_IS_PROVED,
  /** An append is durable before it is acknowledged (Raft figure 2). */
  DURABLE_ACKNOWLEDGEMENT,
  /** A leader counts itself only once its own disk has the entry (dissertation 10.2.1). */
  DURABLE_BEFORE_COUNTED,
  /** Only entries of the current term are committed by counting (Raft 5.4.2, figure 8). */
  COUNT_OWN_TERM_ONLY,
  /** A read waits until a majority has confirmed the leader after it came (dissertation 6.4). */
  CONFIRM_BEFORE_READ,
  /** A read waits until the leader has committed in its own term (dissertation 6.4, step 1). */
  COMMIT_BEFORE_READ,
  /** A round that is already under way proves nothing for a later read (dissertation 6.4). */
  NEW_ROUND_FOR_NEW_READS,
  /** A state older than the start of the log is refused: entries are missing between (Raft 7). */
  STATE_REACHES_LOG,
  /** A snapshot older than what is committed, or compacted, changes nothing (Raft 7). */
  SNAPSHOTS_GO_FORWARD,
  /** A log that does not hold the state's last position restarts there (Raft figure 13, rule 7). */
  LOG_RESTARTS_AT_STATE,
  /** Who may have forgotten its promises takes no part until all others have told it. */
  REBUILD_BEFORE_TAKING_PART;

  /** What production runs. */
  static final Set<Rule> ALL = Set.copyOf(EnumSet.allOf(Rule.class));
}
