package toystore.leader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import toystore.leader.LeaderChoice.Move;
import toystore.leader.LeaderChoice.View;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.model.ReplicaHealth;

/**
 * Decides who leads: adopts a ready leader that stands, else does what the engine of the replicas
 * asks for ({@link LeaderChoice}). Whom other replicas name is looked at soon; its own word alone
 * counts. Pure; owned by one event loop. Inputs come with monotonic milliseconds; replicas are
 * judged by {@link OwnTime}. Each input answers what must now be sent.
 */
public final class LeaderSelector {
  private final SelectorOptions options;
  private final ReplicaViews replicas;
  private final ServiceGate gate;
  private final LeaderChoice appointed;
  private final LeaderChoice elected;
  private final TakeOverWatch takeOver;
  private final OwnTime time;
  private boolean started;
  private SelectionPhase phase = SelectionPhase.SELECTING;
  /** By what the last replica that answered said of its engine; null before the first answer. */
  private LeaderChoice choice;
  /** Awaited or leading, by phase. Invariant: null exactly while selecting. */
  private KnownLeader candidate;

  private final LeaderHint hint = new LeaderHint();

  private long sinceMs;
  private long nextCheckMs;
  /** Invariant: no answer has named a later one, so an epoch above it was never used. */
  private long highestEpoch = Epochs.NONE;

  private boolean catalogReachable = true;
  private boolean catalogDown;
  /** Since when a leader has had all that it needs, as far as this front-end sees. */
  private long allThereSinceMs = View.NEVER;

  // Invariant: of the input that is being taken only; each answer takes all of them away.
  private List<Action> actions = new ArrayList<>();

  public LeaderSelector(SelectorOptions options) {
    this.options = options;
    this.gate = new ServiceGate(options.refusal());
    this.appointed = new ChoiceByAppointment(options);
    this.elected = new ChoiceByElection(options.leaderTimes().urgeMs());
    this.takeOver = new TakeOverWatch(options.leaderTimes());
    this.time = new OwnTime(options.checks().pollMs());
    this.replicas = new ReplicaViews(options.replicas(), options.checks().silenceMs());
  }

  /** Time goes on. To be called about every {@link SelectorOptions.HealthChecks#pollMs}. */
  public List<Action> tick(long clockMs) {
    time.tick(clockMs);
    long nowMs = time.at(clockMs);
    if (!started) {
      started = true;
      startSelection(nowMs);
      nextCheckMs = nowMs + options.checks().everyMs();
    }
    if (nowMs >= nextCheckMs) {
      nextCheckMs = nowMs + options.checks().everyMs();
      replicas.all().forEach(view -> check(nowMs, view));
    }
    replicas.all().forEach(view -> view.watch.review(nowMs));
    return evaluate(clockMs);
  }

  /**
   * A replica answered a ping.
   *
   * @param sentMs that of the {@link Ping}
   */
  public List<Action> answered(long clockMs, long sentMs, ReplicaHealth health) {
    replicas.of(health.id()).answered(time.at(clockMs), sentMs, health);
    highestEpoch = Math.max(highestEpoch, health.promised());
    choice = health.elects() ? elected : appointed;
    heard(health.id(), health.known());
    return evaluate(clockMs);
  }

  /** A ping was refused, or its connection broke. */
  public List<Action> broken(long clockMs, int replica) {
    replicas.of(replica).broken();
    return evaluate(clockMs);
  }

  /** A ping timed out. Its silence has been counted meanwhile; it may be polled again. */
  public List<Action> unanswered(long clockMs, int replica) {
    replicas.of(replica).unanswered();
    return evaluate(clockMs);
  }

  /** A replica's answer to an appointment: what it has promised now. */
  public List<Action> appointed(long clockMs, int replica, long epoch, long promised) {
    long nowMs = time.at(clockMs);
    highestEpoch = Math.max(highestEpoch, promised);
    boolean current = phase == SelectionPhase.AWAITING && candidate.epoch() == epoch;
    if (current && promised > epoch) {
      startSelection(nowMs); // Another front-end was faster: see whom it chose.
    } else if (current && replica == candidate.id()) {
      poll(nowMs, replicas.of(replica));
    }
    return evaluate(clockMs);
  }

  /**
   * A call to this leader was answered NOT_LEADER, or broke: is it still the one?
   *
   * @param named whom it named instead, or {@link KnownLeader#NONE}
   */
  public List<Action> doubted(long clockMs, KnownLeader leader, KnownLeader named) {
    heard(leader.id(), named);
    if (phase == SelectionPhase.LED && candidate.equals(leader)) {
      startSelection(time.at(clockMs));
    }
    return evaluate(clockMs);
  }

  /** Whether the catalog answers this front-end, or else is known to be down. */
  public List<Action> catalogSeen(long clockMs, HealthWatch catalog) {
    catalogReachable = !catalog.lost();
    catalogDown = catalog.down();
    return evaluate(clockMs);
  }

  /** The leader that is ready, if any. */
  public Optional<KnownLeader> leader() {
    return phase == SelectionPhase.LED ? Optional.of(candidate) : Optional.empty();
  }

  /** Whether the leader is ready, heard by a majority, and reaches the catalog. */
  public boolean serving() {
    return phase == SelectionPhase.LED && replicas.of(candidate.id()).health().serving();
  }

  /** Whether a purchase should be refused now rather than wait. */
  public boolean refusesPurchases(long clockMs) {
    return gate.refusesPurchases(clockMs);
  }

  /** Whether a query that no replica could answer should be refused now rather than wait. */
  public boolean refusesQueries(long clockMs) {
    return gate.refusesQueries(clockMs);
  }

  /** Replicas that answer, highest id first. */
  public List<Integer> live() {
    return replicas.live();
  }

  /** What is wrong at a replica that answers, and what to do about it, for people. */
  public Optional<String> trouble() {
    return replicas.trouble();
  }

  /** What the last answers said, highest id first. */
  public List<SeenReplica> seen() {
    return replicas.seen();
  }

  private void check(long nowMs, ReplicaView view) {
    view.watch.ask(nowMs);
    poll(nowMs, view);
  }

  private void poll(long nowMs, ReplicaView view) {
    view.polled(nowMs);
    actions.add(new Ping(view.id, nowMs));
  }

  private List<Action> evaluate(long clockMs) {
    if (started) {
      long nowMs = time.at(clockMs);
      boolean majority = replicas.count(ReplicaView::live) >= options.majority();
      allThereSinceMs =
          majority && catalogReachable ? Math.min(allThereSinceMs, nowMs) : View.NEVER;
      followHint(nowMs);
      switch (phase) {
        case SELECTING -> select(nowMs);
        case AWAITING -> await(nowMs);
        case LED -> supervise(nowMs);
      }
      if (choice != null) {
        ReplicaView ready = phase == SelectionPhase.LED ? replicas.of(candidate.id()) : null;
        make(nowMs, choice.review(new View(nowMs, replicas, ready, serving(), allThereSinceMs)));
      }
      // What is silent may be slow: its return is waited for. By the clock, as clients wait.
      boolean majorityMayBe = replicas.notDown() >= options.majority();
      gate.update(clockMs, leader().isPresent(), serving(), majorityMayBe, !catalogDown);
    }
    List<Action> toSend = actions;
    actions = new ArrayList<>();
    return toSend;
  }

  private void startSelection(long nowMs) {
    phase = SelectionPhase.SELECTING;
    candidate = null;
    sinceMs = nowMs;
    replicas.all().forEach(ReplicaView::expectAnswer);
    replicas.all().stream()
        .sorted(
            Comparator.comparing(view -> view.id != hint.leader().id())) // The hinted one first.
        .forEach(view -> poll(nowMs, view));
  }

  private void heard(int from, KnownLeader named) {
    if (replicas.of(named.id()) != null && named.id() != from) {
      hint.heard(named, newsFrom());
    }
  }

  /** From this epoch on, a leader would be news. */
  private long newsFrom() {
    return candidate == null ? highestEpoch : candidate.epoch() + 1;
  }

  private void followHint(long nowMs) {
    ReplicaView view = replicas.of(hint.leader().id());
    if (view != null) {
      switch (hint.next(nowMs, view, newsFrom(), highestEpoch)) {
        case LEAD -> lead(nowMs, view);
        case LOOK -> pollIfDue(nowMs, view);
        case NOTHING -> {}
      }
    }
  }

  private void select(long nowMs) {
    Candidates candidates = replicas.answering(nowMs);
    if (choice == null) {
      return; // Nobody has ever answered.
    }
    if (replicas.haveSpoken(nowMs - sinceMs, options.leaderTimes().decideMs())) {
      decide(nowMs, candidates);
    } else if (candidates.count() >= options.majority()) {
      // Nothing newer was ever heard of: those who are slow have nothing to add.
      candidates.standing(highestEpoch).ifPresent(view -> lead(nowMs, view));
    }
  }

  private void decide(long nowMs, Candidates candidates) {
    long newest = choice.newestEpoch(candidates);
    Optional<ReplicaView> standing = candidates.standing(newest);
    if (standing.isPresent()) {
      lead(nowMs, standing.get());
    } else {
      make(nowMs, choice.whenNobodyLeads(candidates, newest));
    }
  }

  private void make(long nowMs, Move move) {
    ReplicaView view = move.replica();
    switch (move.kind()) {
      case NONE -> {}
      case LOOK_AT_ALL -> replicas.all().forEach(each -> pollIfDue(nowMs, each));
      case AWAIT -> startAwaiting(nowMs, new KnownLeader(view.id, view.health().promised()));
      case APPOINT -> appoint(nowMs, view);
      case ASK_TO_STAND -> actions.add(new NameLeader(view.id, view.health().promised(), view.id));
      case PASS_OVER -> passOver(nowMs, view);
    }
  }

  private void appoint(long nowMs, ReplicaView view) {
    highestEpoch = Epochs.next(highestEpoch, options.frontEnd());
    startAwaiting(nowMs, new KnownLeader(view.id, highestEpoch));
    options.replicas().forEach(id -> actions.add(new NameLeader(id, highestEpoch, view.id)));
  }

  private void startAwaiting(long nowMs, KnownLeader awaited) {
    phase = SelectionPhase.AWAITING;
    candidate = awaited;
    sinceMs = nowMs;
  }

  private void await(long nowMs) {
    ReplicaView view = replicas.of(candidate.id());
    ReplicaHealth health = view.health();
    if (view.watch.lost() || health.promised() > candidate.epoch()) {
      startSelection(nowMs);
    } else if (health.leads() && health.promised() == candidate.epoch()) {
      lead(nowMs, view);
    } else if (replicas.isStuckAlone(nowMs, view)
        || takeOver.hasFailed(nowMs - sinceMs, view, catalogReachable)) {
      passOver(nowMs, view);
    } else {
      pollIfDue(nowMs, view);
    }
  }

  private void passOver(long nowMs, ReplicaView view) {
    view.passOver(nowMs + options.leaderTimes().passOverMs());
    startSelection(nowMs);
  }

  private void lead(long nowMs, ReplicaView view) {
    phase = SelectionPhase.LED;
    candidate = new KnownLeader(view.id, view.health().promised());
    takeOver.succeeded();
    view.startOffice(nowMs);
  }

  private void supervise(long nowMs) {
    ReplicaView leader = replicas.of(candidate.id());
    boolean holdsOffice = !leader.watch.lost()
        && leader.health().leads()
        && leader.health().promised() == candidate.epoch();
    if (!holdsOffice || replicas.newerLeads(candidate.epoch())) {
      startSelection(nowMs);
    }
  }

  private void pollIfDue(long nowMs, ReplicaView view) {
    if (view.takePoll(nowMs, options.checks().pollMs())) {
      actions.add(new Ping(view.id, nowMs));
    }
  }

  private enum SelectionPhase {
    SELECTING,
    AWAITING,
    LED
  }

  /** What must be sent. */
  public sealed interface Action permits Ping, NameLeader {}

  /**
   * Ask this replica how it is.
   *
   * @param sentMs the selector's own time, to be given back with the answer
   */
  public record Ping(int replica, long sentMs) implements Action {}

  /**
   * Tell this replica who leads the epoch; where replicas elect their leader, ask it to stand in
   * place of the one of that epoch.
   */
  public record NameLeader(int replica, long epoch, int leader) implements Action {}
}
