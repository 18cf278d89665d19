package toystore.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.TimeLimit;

/** Chooses what is done to a store, by chance. Owned by one thread. */
final class FaultChoice {
  private static final double LEADER = 0.65;
  private static final double TWICE = 0.3;
  private static final Duration UNTIL_STOPPED = Duration.ofSeconds(8);

  private final Testbed bed;
  private final LocalStore store;
  private final Random chance;
  private final Crashes crashes;

  /**
   * @param points at which the store's services can be told to die; empty for a usual build
   */
  FaultChoice(Testbed bed, Random chance, List<CrashPoints.CrashPoint> points) {
    this.bed = bed;
    this.crashes = new Crashes(bed, chance, points);
    this.store = bed.store();
    this.chance = chance;
  }

  /** A fault of that kind for the store as it is now. */
  Fault next(FaultKind kind) {
    return switch (kind) {
      case KILL -> chance.nextDouble() < TWICE ? killOneAfterTheOther() : kill(replica());
      case PAUSE -> pause(replica(), AllowedFailures.NONE);
      case MAJORITY -> killMajority();
      case CUT -> new Cuts(bed, chance).next();
      case CATALOG -> killOrPause(Testbed.CATALOG, AllowedFailures.CATALOG);
      case DATABASE -> database();
      case FRONT_END -> killOrPause(Testbed.FRONT_END, AllowedFailures.FRONT_END);
      case DISK -> disk();
      case STUCK -> stuckDisk(replica());
      case RESTART ->
        new Fault(
            "rolling restart of all services", AllowedFailures.NONE, store::restartAll, () -> {});
      case CRASH_POINT -> crashes.next();
    };
  }

  /** A replica: the leader often. */
  private String replica() {
    String leader = bed.leader();
    if (chance.nextDouble() < LEADER) {
      return leader;
    }
    return follower(leader);
  }

  private String follower(String leader) {
    List<String> others =
        bed.replicas().stream().filter(name -> !name.equals(leader)).toList();
    return others.get(chance.nextInt(others.size()));
  }

  private String inWords(String service) {
    return store.status().leader().filter(service::equals).isPresent()
        ? "leader " + service
        : service;
  }

  private Fault kill(String service) {
    return new Fault(
        "kill " + inWords(service),
        AllowedFailures.NONE,
        () -> store.kill(service),
        () -> store.start(service));
  }

  /** The next leader falls as soon as the former is back, and perhaps not yet level. */
  private Fault killOneAfterTheOther() {
    String first = bed.leader();
    return new Fault(
        "kill leader " + first + ", start it, kill the next",
        AllowedFailures.NONE,
        () -> store.kill(first),
        () -> {
          store.start(first);
          String second = bed.leader();
          store.kill(second);
          store.start(second);
        });
  }

  /** Two of three: what is left must refuse, and quickly. */
  private Fault killMajority() {
    String leader = bed.leader();
    List<String> lost = List.of(leader, follower(leader));
    return new Fault(
        "kill leader " + lost.get(0) + " and " + lost.get(1),
        AllowedFailures.MAJORITY,
        () -> lost.forEach(store::kill),
        () -> lost.forEach(store::start));
  }

  private Fault killOrPause(String service, AllowedFailures excuse) {
    return chance.nextBoolean()
        ? pause(service, excuse)
        : new Fault(
            "kill " + service, excuse, () -> store.kill(service), () -> store.start(service));
  }

  private Fault pause(String service, AllowedFailures excuse) {
    return Fault.silence(
        "pause " + inWords(service),
        excuse,
        () -> store.pause(service),
        () -> store.resume(service));
  }

  /** It may be back soon, so requests wait for it either way. */
  private Fault database() {
    String service = Testbed.DATABASE;
    return chance.nextBoolean()
        ? pause(service, AllowedFailures.DATABASE)
        : Fault.silence(
            "kill " + service,
            AllowedFailures.DATABASE,
            () -> store.kill(service),
            () -> store.start(service));
  }

  /** A leader's is to be noticed, and another must lead. */
  private Fault stuckDisk(String service) {
    if (!bed.canFailFsync()) {
      throw new OperationFailed("a stuck disk needs gcc (for an fsync that does not return)");
    }
    return Fault.silence(
        "stuck disk of " + inWords(service),
        AllowedFailures.NONE,
        () -> FailingFsync.hang(store.data(service)),
        () -> FailingFsync.goOn(store.data(service)));
  }

  private Fault disk() {
    String service = chance.nextInt(4) == 0 ? Testbed.CATALOG : replica();
    AllowedFailures excuse =
        service.equals(Testbed.CATALOG) ? AllowedFailures.CATALOG : AllowedFailures.NONE;
    List<Supplier<Fault>> possible = Stream.of(
            bed.canFillDisk(service)
                ? Stream.<Supplier<Fault>>of(() -> diskFault(
                    "full disk of ",
                    service,
                    excuse,
                    false,
                    () -> bed.disk(service).fill(),
                    () -> bed.disk(service).free()))
                : Stream.<Supplier<Fault>>empty(),
            bed.canFailFsync()
                ? Stream.<Supplier<Fault>>of(() -> diskFault(
                    "failing fsync of ",
                    service,
                    excuse,
                    true,
                    () -> FailingFsync.begin(store.data(service)),
                    () -> FailingFsync.end(store.data(service))))
                : Stream.<Supplier<Fault>>empty())
        .flatMap(faults -> faults)
        .toList();
    if (possible.isEmpty()) {
      throw new OperationFailed("disk faults need root (for a small disk) or gcc (for fsync)");
    }
    return possible.get(chance.nextInt(possible.size())).get();
  }

  /**
   * Who cannot write must stop, and say why; that is asked for when it is healed. On a full disk it
   * may go on while there is room in the files that it has.
   */
  private Fault diskFault(
      String what,
      String service,
      AllowedFailures excuse,
      boolean cannotWrite,
      Runnable begin,
      Runnable end) {
    Runnable heal = () -> {
      boolean stopped = TimeLimit.await(UNTIL_STOPPED, () -> bed.isDown(service));
      end.run();
      if (stopped) {
        LogLines.requireFatal(store.log(service));
        store.start(service);
      } else if (cannotWrite) {
        throw new OperationFailed(service + " goes on though it cannot write");
      }
    };
    return new Fault(what + inWords(service), excuse, begin, heal, Optional.of(service), false);
  }
}
