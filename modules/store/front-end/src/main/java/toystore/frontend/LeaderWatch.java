package toystore.frontend;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import toystore.edge.CallFailure;
import toystore.edge.Loop;
import toystore.leader.HealthWatch;
import toystore.leader.LeaderSelector;
import toystore.leader.LeaderSelector.Action;
import toystore.leader.LeaderSelector.Ping;
import toystore.leader.SelectorOptions;
import toystore.model.Epochs;
import toystore.model.KnownLeader;
import toystore.purchase.OrderMessages.Appointment;
import toystore.purchase.RequestAge;

/** Pings and appoints as the {@link LeaderSelector} decides. Owned by one event loop. */
public final class LeaderWatch {
  private final Loop loop;
  private final LeaderSelector selector;
  private final Duration tick;
  private final Map<Integer, ReplicaCalls> replicas;
  private final Consumer<String> log;
  private final RequestAge age;
  private Optional<KnownLeader> leader = Optional.empty();
  private Runnable onChange = () -> {};
  private Runnable onTick = () -> {};
  private Loop.Timer timer;
  private boolean stopped;

  /**
   * @param pause an event loop that was not there for longer was paused
   * @param replicas by id
   * @param log told what changes
   */
  public LeaderWatch(
      Loop loop,
      SelectorOptions options,
      Duration pause,
      Map<Integer, ReplicaCalls> replicas,
      Consumer<String> log) {
    this.loop = loop;
    this.selector = new LeaderSelector(options);
    this.tick = Duration.ofMillis(options.checks().pollMs());
    this.replicas = replicas;
    this.log = log;
    this.age = new RequestAge(pause.toMillis(), loop.millis());
  }

  /**
   * Starts to watch.
   *
   * @param change runs whenever there is another leader, or none any more
   * @param everyTick runs every few milliseconds
   */
  public void start(Runnable change, Runnable everyTick) {
    onChange = change;
    onTick = everyTick;
    timer = loop.every(tick, () -> {
      age.tick(loop.millis());
      carryOut(selector.tick(loop.millis()));
      onTick.run();
    });
  }

  void stop() {
    stopped = true;
    timer.cancel();
    replicas.values().forEach(ReplicaCalls::close);
  }

  /** How old the requests that are read now may be. */
  RequestAge requestAge() {
    return age;
  }

  public LeaderSelector selector() {
    return selector;
  }

  /** See {@link LeaderSelector#doubted}. */
  void doubted(KnownLeader doubted, KnownLeader named) {
    carryOut(selector.doubted(loop.millis(), doubted, named));
  }

  /** See {@link LeaderSelector#catalogSeen}. */
  public void catalogSeen(HealthWatch catalog) {
    carryOut(selector.catalogSeen(loop.millis(), catalog));
  }

  private void carryOut(List<Action> actions) {
    if (stopped) {
      return;
    }
    Optional<KnownLeader> now = selector.leader();
    if (!now.equals(leader)) {
      leader = now;
      log.accept("leader=" + now.map(LeaderWatch::text).orElse("none"));
      onChange.run();
    }
    for (Action action : actions) {
      if (action instanceof Ping ping) {
        ping(ping.replica(), ping.sentMs());
      } else if (action instanceof LeaderSelector.NameLeader appoint) {
        appoint(appoint);
      } else {
        throw new AssertionError(action);
      }
    }
  }

  private void ping(int replica, long sentMs) {
    replicas
        .get(replica)
        .health()
        .onSuccess(health -> age.read(health.catalogClockMs(), loop.millis()))
        .onComplete(answer -> carryOut(
            answer.succeeded() && answer.result().id() == replica
                ? selector.answered(loop.millis(), sentMs, answer.result())
                : silent(answer.cause())
                    ? selector.unanswered(loop.millis(), replica)
                    : selector.broken(loop.millis(), replica)));
  }

  private void appoint(LeaderSelector.NameLeader appoint) {
    if (appoint.replica() == appoint.leader()) {
      log.accept("appoint=" + appoint.leader() + " epoch=" + Epochs.text(appoint.epoch()));
    }
    replicas
        .get(appoint.replica())
        .appoint(new Appointment(appoint.epoch(), appoint.leader()))
        .onSuccess(answer -> carryOut(selector.appointed(
            loop.millis(), appoint.replica(), appoint.epoch(), answer.promised())));
    // Who does not answer an appointment does not answer pings either; those count.
  }

  private static boolean silent(Throwable failure) {
    return failure instanceof CallFailure call && call.kind() == CallFailure.FailureCause.SILENT;
  }

  private static String text(KnownLeader leader) {
    return leader.id() + " epoch=" + Epochs.text(leader.epoch());
  }
}
