package toystore.leader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import toystore.model.Epochs;

/**
 * Decides who leads: adopts a ready leader that stands, else appoints the highest id that answers,
 * when a majority does. Where replicas elect their leader, it follows theirs, and asks another to
 * stand when that one is of no use ({@link Urging}). Whom other replicas name is looked at soon; its
 * own word alone counts.
 * Pure; owned by one event loop. Inputs come with monotonic milliseconds; replicas are judged by
 * {@link OwnTime}. Each input answers what must now be sent.
 */
public final class LeaderSelector {
  /** An appointed leader may need this many times longer after failures in a row. */
  private static final int MAX_DOUBLINGS = 3;

  private static final long NEVER = Long.MAX_VALUE;

  private final SelectorOptions options;
  private final ReplicaViews replicas;
  private final ServiceGate gate;
  private final Urging urging;
  private final OwnTime time;
  private boolean started;
  private Phase phase = Phase.SELECTING;
  /** Named, awaited or leading, by phase; null while selecting. */
  private Leader candidate;

  private final LeaderHint hint = new LeaderHint();

  private long sinceMs;
  private long nextCheckMs;
  private long highestEpoch = Epochs.NONE;
  private int failedInRow;
  private boolean catalogReachable = true;
  private boolean catalogDown;
  /** Since when a leader has had all that it needs, as far as this front-end sees. */
  private long allThereSinceMs = NEVER;

  private List<Action> actions = new ArrayList<>();

  public LeaderSelector(SelectorOptions options) {
    this(options, HealthWatch.MOST_SLOWNESS);
  }

  /** @param mostSlowness 1 for one that takes who is slow to be gone: to show what that leads to */
  LeaderSelector(SelectorOptions options, int mostSlowness) {
    this.options = options;
    this.gate = new ServiceGate(options.graceMs(), options.patienceMs());
    this.urging = new Urging(options.urgeMs());
    this.time = new OwnTime(options.pollMs());
    this.replicas = new ReplicaViews(options.replicas(), options.silenceMs(), mostSlowness);
  }

  /** Time goes on. To be called about every {@link SelectorOptions#pollMs}. */
  public List<Action> tick(long clockMs) {
    time.tick(clockMs);
    long nowMs = time.at(clockMs);
    if (!started) {
      started = true;
      startSelection(nowMs);
      nextCheckMs = nowMs + options.checkMs();
    }
    if (nowMs >= nextCheckMs) {
      nextCheckMs = nowMs + options.checkMs();
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
    heard(health.id(), new Leader(health.leader(), health.promised()));
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
    boolean current = phase == Phase.AWAITING && candidate.epoch() == epoch;
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
   * @param named whom it named instead, or {@link Leader#NONE}
   */
  public List<Action> doubted(long clockMs, Leader leader, Leader named) {
    heard(leader.id(), named);
    if (phase == Phase.LED && candidate.equals(leader)) {
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
  public Optional<Leader> leader() {
    return phase == Phase.LED ? Optional.of(candidate) : Optional.empty();
  }

  /** Whether the leader is ready, heard by a majority, and reaches the catalog. */
  public boolean serving() {
    return phase == Phase.LED && replicas.of(candidate.id()).health().serving();
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
  public List<Seen> seen() {
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
      allThereSinceMs = majority && catalogReachable ? Math.min(allThereSinceMs, nowMs) : NEVER;
      followHint(nowMs);
      switch (phase) {
        case SELECTING -> select(nowMs);
        case AWAITING -> await(nowMs);
        case LED -> supervise(nowMs);
      }
      if (!options.appoints()) {
        urging
            .next(nowMs, replicas, serving(), majority && catalogReachable)
            .ifPresent(
                view -> actions.add(new Appoint(view.id, view.health().promised(), view.id)));
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
    phase = Phase.SELECTING;
    candidate = null;
    sinceMs = nowMs;
    replicas.all().forEach(ReplicaView::expectAnswer);
    replicas.all().stream()
        .sorted(
            Comparator.comparing(view -> view.id != hint.leader().id())) // The hinted one first.
        .forEach(view -> poll(nowMs, view));
  }

  /** A replica names a leader: a hint, if that is another one and would be news. */
  private void heard(int from, Leader named) {
    boolean another = replicas.of(named.id()) != null && named.id() != from;
    if (another && isNews(named)) {
      hint.heard(named);
    }
  }

  private boolean isNews(Leader named) {
    return candidate == null ? named.epoch() >= highestEpoch : named.epoch() > candidate.epoch();
  }

  private void followHint(long nowMs) {
    ReplicaView view = replicas.of(hint.leader().id());
    if (view != null) {
      switch (hint.next(nowMs, view, isNews(hint.leader()), highestEpoch)) {
        case LEAD -> lead(nowMs, view);
        case LOOK -> pollIfDue(nowMs, view);
        case NOTHING -> {}
      }
    }
  }

  private void select(long nowMs) {
    Candidates candidates =
        new Candidates(replicas.all().stream().filter(ReplicaView::answering).toList(), nowMs);
    boolean heardAll = replicas.count(ReplicaView::awaited) == 0;
    // One never heard of, as when all start together, is waited for until it counts as silent.
    boolean longEnough = nowMs - sinceMs >= replicas.stretchedForAwaited(options.decideMs())
        && replicas.count(ReplicaView::unknown) == 0;
    if (heardAll || longEnough) {
      decide(nowMs, candidates);
    } else if (candidates.count() >= options.majority()) {
      // Nothing newer was ever heard of: those who are slow have nothing to add.
      candidates.standing(highestEpoch).ifPresent(view -> lead(nowMs, view));
    }
  }

  private void decide(long nowMs, Candidates candidates) {
    // A term without a leader says nothing where the front-end does not make the terms.
    long promised = options.appoints() ? candidates.highestPromised() : candidates.highestLed();
    Optional<ReplicaView> standing = candidates.standing(promised);
    Optional<ReplicaView> underWay = candidates.underWay(promised);
    if (standing.isPresent()) {
      lead(nowMs, standing.get());
    } else if (!options.appoints()) {
      pollAll(nowMs);
    } else if (underWay.isPresent()) {
      startAwaiting(nowMs, new Leader(underWay.get().id, promised));
    } else if (candidates.count() >= options.majority()) {
      candidates.best().ifPresent(view -> appoint(nowMs, view));
    }
  }

  private void appoint(long nowMs, ReplicaView view) {
    highestEpoch = Epochs.next(highestEpoch, options.frontEnd());
    startAwaiting(nowMs, new Leader(view.id, highestEpoch));
    options.replicas().forEach(id -> actions.add(new Appoint(id, highestEpoch, view.id)));
  }

  private void startAwaiting(long nowMs, Leader awaited) {
    phase = Phase.AWAITING;
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
    } else if (overdue(nowMs, view)) {
      failedInRow++;
      view.passOver(nowMs + options.passOverMs());
      startSelection(nowMs);
    } else if (!health.eligible() && replicas.anotherCouldServe(nowMs, view)) {
      // Its disk is stuck, and another's is not.
      view.passOver(nowMs + options.passOverMs());
      startSelection(nowMs);
    } else {
      pollIfDue(nowMs, view);
    }
  }

  private boolean overdue(long nowMs, ReplicaView view) {
    long limitMs = view.stretched(options.readyMs() << Math.min(failedInRow, MAX_DOUBLINGS));
    // Without the catalog nobody becomes ready: another choice would not help.
    return nowMs - sinceMs > limitMs && catalogReachable;
  }

  private void lead(long nowMs, ReplicaView view) {
    phase = Phase.LED;
    candidate = new Leader(view.id, view.health().promised());
    failedInRow = 0;
    view.startOffice(nowMs);
  }

  private void supervise(long nowMs) {
    ReplicaView leader = replicas.of(candidate.id());
    boolean holdsOffice = !leader.watch.lost()
        && leader.health().leads()
        && leader.health().promised() == candidate.epoch();
    if (!holdsOffice || replicas.newerLeads(candidate.epoch())) {
      startSelection(nowMs);
    } else if (options.appoints() && idle(nowMs, leader)) {
      leader.passOver(nowMs + options.passOverMs());
      startSelection(nowMs);
    } else if (options.appoints() && options.handOver()) {
      replicas.higherAndLevel(nowMs, leader).ifPresent(view -> appoint(nowMs, view));
    }
  }

  /** The leader answers and does not serve, though for long it has had all that it needs. */
  private boolean idle(long nowMs, ReplicaView leader) {
    long limitMs = leader.stretched(options.notServingMs());
    return leader.notServingFor(nowMs, limitMs)
        && allThereSinceMs != NEVER
        && nowMs - allThereSinceMs > limitMs
        && replicas.anotherCouldServe(nowMs, leader);
  }

  private void pollAll(long nowMs) {
    replicas.all().forEach(view -> pollIfDue(nowMs, view));
  }

  private void pollIfDue(long nowMs, ReplicaView view) {
    if (view.takePoll(nowMs, options.pollMs())) {
      actions.add(new Ping(view.id, nowMs));
    }
  }

  private enum Phase {
    SELECTING,
    AWAITING,
    LED
  }

  /** A leader in its epoch. */
  public record Leader(int id, long epoch) {
    public static final Leader NONE = new Leader(0, Epochs.NONE);
  }

  /**
   * A replica as last seen.
   *
   * @param state live, silent, down or unknown
   * @param health its last answer, null before the first
   */
  public record Seen(int id, String state, ReplicaHealth health) {
    public boolean isLive() {
      return HealthWatch.State.LIVE.text().equals(state);
    }
  }

  /** What must be sent. */
  public sealed interface Action permits Ping, Appoint {}

  /**
   * Ask this replica how it is.
   *
   * @param sentMs the selector's own time, to be given back with the answer
   */
  public record Ping(int replica, long sentMs) implements Action {}

  /**
   * Tell this replica who leads the epoch; where replicas elect their leader, ask it to stand in place
   * of the one of that epoch.
   */
  public record Appoint(int replica, long epoch, int leader) implements Action {}
}
