package toystore.raft.core;

import java.util.List;
import toystore.mutation.Mutant;

/** The rules that are easily forgotten, each left out of the sources. */
public final class RaftMutants {
  private static final String ELECTION = "raft/core/Election";
  private static final String FOLLOWER = "raft/core/FollowerRole";
  private static final String LEADER = "raft/core/LeaderRole";
  private static final String CORE = "raft/core/RaftCore";
  private static final String STATE = "raft/core/RaftState";

  private RaftMutants() {}

  /**
   * A rule left out.
   *
   * @param scenarios tests of {@link RaftScenarioTest}, or of the dissertation's rules, that all
   *     fail without it; none where chance meets it so soon that simulated runs break the promise
   */
  public record Omission(Mutant mutant, List<String> scenarios) {
    Omission replace(String source, String code, String other) {
      return new Omission(mutant.replace(source, code, other), scenarios);
    }

    @Override
    public String toString() {
      return mutant.name();
    }
  }

  private static Omission byChance(String rule, String violates) {
    return new Omission(Mutant.of(rule, violates), List.of());
  }

  private static Omission byScenario(String rule, String violates, String... scenarios) {
    return new Omission(Mutant.of(rule, violates), List.of(scenarios));
  }

  /** All of them. */
  public static List<Omission> all() {
    return List.of(
        // A vote is kept for its whole term, whatever else happens in it (Raft 5.2).
        byScenario("VOTE_ONCE_A_TERM", "election safety", "aVoteSurvivesAStepDownInItsTerm")
            .replace(
                STATE,
                "void follow(int newLeader) {",
                "void follow(int newLeader) { votedFor = 0;"),
        // A voter's second answer adds nothing: requests are repeated and duplicated (Raft 5.2).
        byScenario("COUNT_A_VOTER_ONCE", "election safety", "duplicateVotesAreCountedOnce")
            .replace(
                ELECTION,
                "private final Set<Integer> votes = new HashSet<>();",
                "private final java.util.List<Integer> votes = new java.util.ArrayList<>();"),
        // A vote is durable before it is answered (Raft figure 2).
        byScenario("DURABLE_VOTE", "election safety", "aVoteIsDurableBeforeItIsAnswered")
            .replace(ELECTION, "sendOnceDurable(reply)", "send(reply)"),
        // A voter refuses a candidate whose log is behind its own (Raft 5.4.1).
        byChance("VOTE_FOR_UP_TO_DATE_ONLY", "leader completeness")
            .replace(ELECTION, "request.last().compareTo(self.log.last()) >= 0", "true"),
        // Before it stands, a candidate asks whether it could win (dissertation 9.6).
        byScenario("PRE_VOTE", "disturbed", "aReplicaThatReturnsDisturbsNobody")
            .replace(ELECTION, "!isDoubted()) { probe();", "!isDoubted()) { stand(false);"),
        // Who hears from a leader takes part in no election (dissertation 4.2.3).
        byScenario(
                "STICK_TO_THE_LEADER",
                "disturbed",
                "aReplicaThatOnlyHearsTheOtherFollowerDisturbsNobody")
            .replace("raft/core/Inbox", "election.hearsLeader()", "false"),
        // A leader that no majority answers gives up (dissertation 6.2).
        byScenario("CHECK_QUORUM", "leads without a majority", "aLeaderThatNobodyAnswersStepsDown")
            .replace(LEADER, "replicator.deserted()", "false"),
        // Entries are accepted only behind a previous one that matches (Raft 5.3).
        byChance("PREVIOUS_MATCHES", "log matching")
            .replace(
                FOLLOWER,
                "self.log.holds(previous)",
                "previous.index() <= self.log.last().index()"),
        // Only entries that conflict are removed: appends arrive late and twice (Raft figure 2).
        byChance("TRUNCATE_CONFLICTS_ONLY", "is committed here")
            .replace(
                FOLLOWER,
                "forEach(this::take);",
                "forEach(this::take); truncateFrom(request.proved() + 1);"),
        // What is compacted was committed, so it is the same everywhere (Raft 7).
        byChance("COMPACTED_IS_COMMITTED", "is committed here")
            .replace(FOLLOWER, "entry.index() <= self.log.base().index()", "false"),
        // A follower's commit index stays within what this very append has proved (Raft figure 2).
        byChance("COMMIT_WHAT_IS_PROVED", "state machine safety")
            .replace(
                FOLLOWER,
                "Math.min(request.committed(), request.proved())",
                "Math.min(request.committed(), self.log.last().index())"),
        // An append is durable before it is acknowledged (Raft figure 2).
        byChance("DURABLE_ACKNOWLEDGEMENT", "is committed on")
            .replace(FOLLOWER, "return isHeartbeat(request)", "return false")
            .replace(FOLLOWER, "if (needsDisk)", "if (false)"),
        // A leader counts itself only once its own disk has the entry (dissertation 10.2.1).
        byChance("DURABLE_BEFORE_COUNTED", "is committed on")
            .replace(
                LEADER,
                "matchOfMajority(self.writes.durable())",
                "matchOfMajority(self.log.last().index())"),
        // Only entries of the current term are committed by counting (Raft 5.4.2, figure 8).
        byScenario("COUNT_OWN_TERM_ONLY", "leader completeness", "figure8OfFive", "figure8OfThree")
            .replace(LEADER, "self.log.termAt(index) == self.term()", "true"),
        // A read waits until a majority has confirmed the leader after it came (dissertation 6.4).
        byScenario("CONFIRM_BEFORE_READ", "stale read", "aPausedLeaderAnswersNoRead")
            .replace(LEADER, "reads.add(readId)", "self.out.proven(readId)"),
        // A read waits until the leader has committed in its own term (dissertation 6.4, step 1).
        byChance("COMMIT_BEFORE_READ", "stale read")
            .replace(LEADER, "if (established) { reads.begin", "if (true) { reads.begin")
            .replace(LEADER, "if (established && reads.begin", "if (reads.begin"),
        // A round that is already under way proves nothing for a later read (dissertation 6.4).
        byScenario("NEW_ROUND_FOR_NEW_READS", "stale read", "aReadWaitsForARoundThatBeganAfterIt")
            .replace("raft/core/ReadRounds", "round++;", "if (confirmed >= round) { round++; }"),
        // A state older than the start of the log is refused: entries are missing between (Raft 7).
        byScenario("STATE_REACHES_LOG", "entries are missing", "aStateOlderThanTheLogIsRefused")
            .replace(STATE, "saved.index() < log.base().index()", "false"),
        // A snapshot older than what is committed changes nothing (Raft 7).
        byScenario("SNAPSHOTS_GO_FORWARD", "leader completeness", "anOlderSnapshotChangesNothing")
            .replace(FOLLOWER, "covered = end <= self.committed()", "covered = false"),
        // A snapshot that another log has led to is refused: what is committed here is not in it.
        byScenario(
                "SNAPSHOTS_HOLD_WHAT_IS_COMMITTED",
                "lacks what is committed",
                "aSnapshotThatLacksWhatIsCommittedIsRefused")
            .replace(FOLLOWER, "if (end > self.committed() &&", "if (false &&"),
        // What a leader sends reaches its log: an older state would leave a gap between (Raft 7).
        byScenario(
                "SAVED_STATE_GOES_FORWARD", "ends before the log begins", "aSnapshotReachesTheLog")
            .replace(CORE, "index > self.applied() || older", "index > self.applied()"),
        // A log that does not hold the state's last position restarts there (Raft figure 13, rule
        // 7).
        byScenario(
                "LOG_RESTARTS_AT_STATE",
                "lacks what is committed",
                "aLogBehindTheStateRestartsThere")
            .replace(STATE, "if (!held)", "if (false)"),
        // Who may have forgotten its promises takes no part until all others have told it.
        byChance("REBUILD_BEFORE_TAKING_PART", "leader completeness")
            .replace(ELECTION, "grant = self.voter() &&", "grant =")
            .replace(FOLLOWER, "accepted, index, hint, self.voter()", "accepted, index, hint, true")
            .replace(FOLLOWER, "installed, self.voter()", "installed, true"));
  }
}
