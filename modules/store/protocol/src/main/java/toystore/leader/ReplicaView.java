package toystore.leader;

import toystore.model.ReplicaHealth;

/** What leader selection knows of one replica. Owned by the {@link LeaderSelector}. */
final class ReplicaView {
  private static final long NEVER = Long.MIN_VALUE;

  final int id;
  final HealthWatch watch;
  private ReplicaHealth health;
  private boolean fresh;
  private long lastPollMs = NEVER;
  private boolean pollAnswered = true;
  private long passedOverUntilMs = NEVER;
  private long notServingSinceMs = NEVER;

  ReplicaView(int id, long silenceMs) {
    this.id = id;
    this.watch = new HealthWatch(silenceMs);
  }

  /** Its last answer, null before the first. */
  ReplicaHealth health() {
    return health;
  }

  boolean live() {
    return watch.live();
  }

  /** Neither heard of yet nor given up. */
  boolean unknown() {
    return watch.state() == HealthWatch.WatchState.UNKNOWN;
  }

  /** Whether it is live and has answered since {@link #expectAnswer}. */
  boolean answering() {
    return fresh && live();
  }

  /** Whether waiting for its answer makes sense. */
  boolean awaited() {
    return !fresh && !watch.lost();
  }

  void expectAnswer() {
    fresh = false;
  }

  void answered(long nowMs, long sentMs, ReplicaHealth answer) {
    watch.answered(nowMs, sentMs);
    health = answer;
    fresh = true;
    pollAnswered = true;
    if (answer.serving()) {
      notServingSinceMs = NEVER;
    } else if (notServingSinceMs == NEVER) {
      notServingSinceMs = nowMs;
    }
  }

  void broken() {
    watch.broken();
    pollAnswered = true;
  }

  void unanswered() {
    pollAnswered = true;
  }

  /** Whether an extra look is due; if so, it counts as taken. One is under way at most. */
  boolean takePoll(long nowMs, long pollMs) {
    if (!pollAnswered || lastPollMs != NEVER && nowMs - lastPollMs < pollMs) {
      return false;
    }
    polled(nowMs);
    return true;
  }

  /** The usual time for something, or longer if this replica is slow of late. */
  long stretched(long usualMs) {
    return (long) (usualMs * watch.slowness());
  }

  void polled(long nowMs) {
    pollAnswered = false;
    lastPollMs = nowMs;
  }

  void startOffice(long nowMs) {
    passedOverUntilMs = NEVER;
    notServingSinceMs = health.serving() ? NEVER : nowMs;
  }

  boolean notServingFor(long nowMs, long limitMs) {
    return notServingSinceMs != NEVER && nowMs - notServingSinceMs > limitMs;
  }

  void passOver(long untilMs) {
    passedOverUntilMs = untilMs;
  }

  boolean passedOver(long nowMs) {
    return nowMs < passedOverUntilMs;
  }

  long passedOverUntilMs() {
    return passedOverUntilMs;
  }
}
