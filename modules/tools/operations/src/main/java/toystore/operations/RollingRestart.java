package toystore.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Restarts services of a store that runs, one after the other, so that its customers do not notice:
 * what one service does is done by others meanwhile, or waited for. With another build at hand it
 * is an upgrade. For one command.
 */
final class RollingRestart {
  /** Services take no longer announcement. A start may take longer, so it is made again. */
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(60);

  private static final Duration ANNOUNCED_EACH = Duration.ofSeconds(15);

  private static final Duration ONE_ANSWER = Duration.ofSeconds(5);
  private static final String ABSENCE = "/catalog-absence";

  /** Under load a replica is always a little behind; so little it fetches at once. */
  private static final long LEVEL = 100;

  /** Further than any store has front-ends: an id of its own, for epochs and leases. */
  private static final int STAND_IN_ID = 512;

  private final Fleet fleet;
  private final StartLimit limit;
  private final Consumer<Runnable> alone;

  /**
   * @param alone runs what it is given while no other command is at work
   */
  RollingRestart(Fleet fleet, StartLimit limit, Consumer<Runnable> alone) {
    this.fleet = fleet;
    this.limit = limit;
    this.alone = alone;
  }

  /**
   * Restarts these, whatever order they are given in: followers, the leader, front-ends, the
   * catalog. So few services as possible speak with one of another build at a time.
   *
   * @param jars of the build to start them with
   */
  void run(List<Service> services, Path jars) {
    if (!fleet.isInstalled()) {
      alone.accept(() -> bring(jars));
    }
    Optional<String> leader = new StatusReader(fleet).read().leader();
    services.stream()
        .sorted(Comparator.comparing(RollingRestart::turn)
            .thenComparing(service -> leader.filter(service.name()::equals).isPresent())
            .thenComparing(Service.STARTING_ORDER))
        .forEach(this::restart);
  }

  private static int turn(Service service) {
    return switch (service.kind()) {
      case ORDER, DESK -> 0;
      case FRONT_END -> 1;
      case CATALOG, DATABASE -> 2;
    };
  }

  /** Beside the jars from which services run: those must not change under them. */
  private void bring(Path jars) {
    Memory memory = fleet
        .folder()
        .memory()
        .orElseThrow(
            () -> new OperationFailed("there is no store in " + fleet.folder().root() + " yet"));
    if (!LibCopy.isCopy(jars, fleet.folder().lib())) {
      Memory next = memory.withLib(fleet.folder().unusedLib());
      LibCopy.refresh(jars, fleet.folder().root().resolve(next.lib()));
      fleet.folder().remember(next);
      fleet.say("another build: services run it from their restart on");
    }
  }

  private void restart(Service service) {
    switch (service.kind()) {
      case ORDER -> restartReplica(service);
      case DESK -> restartDesk(service);
      case DATABASE -> restartDatabase(service);
      case FRONT_END -> restartFrontEnd(service);
      case CATALOG -> restartCatalog(service);
    }
    fleet.say(service + " was restarted");
  }

  /** The new process starts beside the old one, so that the service is away for a moment only. */
  private void replace(Service service) {
    if (fleet.isInstalled()) {
      Units.restart(service);
      awaitReady(service);
      return;
    }
    Optional<ServiceProcess> old = fleet.process(service);
    if (old.isEmpty()) {
      start(service);
      return;
    }
    Startup startup = new Startup(fleet, limit);
    boolean prepared = false;
    try {
      alone.accept(() -> startup.beginAfter(service, old.get()));
      startup.awaitPrepared(service);
      prepared = true;
    } finally {
      if (!prepared && !old.get().isGone()) {
        old.get().record(fleet.folder().run(service));
      }
    }
    new Shutdown(fleet).stop(service, old.get());
    startup.finish(alone);
    awaitReady(service);
  }

  private void start(Service service) {
    Startup startup = new Startup(fleet, limit);
    alone.accept(() -> startup.begin(List.of(service)));
    startup.finish(alone);
    awaitReady(service);
  }

  private void awaitReady(Service service) {
    Readiness readiness = new Readiness(fleet);
    await(() -> readiness.isReady(service), "until " + service + " is ready");
  }

  /** The others are a majority, if they are level; they must be before it goes, and it after. */
  private void restartReplica(Service replica) {
    for (Service other : Service.replicas()) {
      if (!other.equals(replica)) {
        awaitLevel(other);
      }
    }
    replace(replica);
    awaitLevel(replica);
  }

  /** The other takes over when the one in office goes. */
  private void restartDesk(Service desk) {
    for (Service other : Service.desks()) {
      if (!other.equals(desk)) {
        awaitReady(other);
      }
    }
    replace(desk);
  }

  /** Purchases wait meanwhile: a database cannot be there twice. */
  private void restartDatabase(Service database) {
    alone.accept(() -> new Shutdown(fleet).stop(List.of(database)));
    start(database);
  }

  private void awaitLevel(Service replica) {
    await(
        () -> {
          ServiceStatus status = new StatusReader(fleet).read().of(replica.name());
          OptionalLong behind = status.number("behindBy");
          return status.answers()
              && behind.isPresent()
              && behind.getAsLong() <= LEVEL
              && new Readiness(fleet).isReady(replica);
        },
        "until " + replica + " has what the others have");
  }

  /** Another one listens on the same port meanwhile, where the port can be shared. */
  private void restartFrontEnd(Service frontEnd) {
    boolean shares = fleet.conf(frontEnd).path("sharePort").asBoolean();
    if (fleet.isInstalled() || fleet.process(frontEnd).isEmpty() || !shares) {
      fleet.say(frontEnd + " has no stand-in: it is away until it is up again");
      replace(frontEnd);
      return;
    }
    Service standIn = Service.STAND_IN;
    Json.write(fleet.folder().conf(standIn), standInFor(frontEnd));
    try {
      if (fleet.recorded(standIn).isEmpty()) {
        start(standIn);
      }
      replace(frontEnd);
    } finally {
      if (fleet.process(frontEnd).isPresent()) {
        new Shutdown(fleet).stop(List.of(standIn));
        forget(standIn);
      }
    }
  }

  private ObjectNode standInFor(Service frontEnd) {
    ObjectNode conf = fleet.conf(frontEnd).deepCopy();
    conf.put("id", STAND_IN_ID + frontEnd.id());
    conf.put("internalPort", new FreePorts().getAsInt());
    if (new Lab(fleet).plan().isPresent()) {
      conf.remove("advertisedHost"); // No line leads to a stand-in.
    }
    return conf;
  }

  private void forget(Service standIn) {
    try {
      Files.deleteIfExists(fleet.folder().conf(standIn));
      Files.deleteIfExists(fleet.folder().run(standIn));
    } catch (IOException e) {
      throw FileTrouble.failure("cannot delete " + fleet.folder().conf(standIn), e);
    }
  }

  /** Nobody does its work meanwhile; who is told that it comes back waits for it. */
  private void restartCatalog(Service catalog) {
    AbsenceNotice notice = new AbsenceNotice(LONGEST_ABSENCE, ANNOUNCED_EACH, this::announce);
    try {
      replace(catalog);
    } finally {
      notice.close();
    }
  }

  private void announce(Duration absence) {
    for (Service service : fleet.services()) {
      if (service.kind() != Service.ServiceKind.CATALOG
          && fleet.process(service).isPresent()) {
        ObjectNode announcement = Json.object().put("withinMs", absence.toMillis());
        if (!fleet.tell(service, ABSENCE, announcement, ONE_ANSWER).join().isOk()
            && !absence.isZero()) {
          fleet.say(service + " takes no announcement: customers may be refused while the catalog"
              + " is away");
        }
      }
    }
  }

  private void await(BooleanSupplier holds, String what) {
    OperatorWait patience = OperatorWait.of(fleet.operator(), limit.timeout());
    if (!patience.await(holds, () -> what)) {
      throw new TookTooLong("waited for " + patience.limit() + " " + what
          + "; services that were not restarted yet are as they were");
    }
  }
}
