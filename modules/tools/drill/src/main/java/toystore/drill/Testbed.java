package toystore.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import toystore.operations.LocalStore;
import toystore.operations.OperationFailed;
import toystore.operations.Service;
import toystore.operations.ServiceStatus;
import toystore.operations.TemporaryStore;
import toystore.operations.TimeLimit;
import toystore.operations.UpOptions;

/**
 * A store of its own to be broken: on free ports, in a temporary folder, on a network that can be
 * cut and disks that can be filled, as far as the machine allows. Nothing is left of it when it is
 * closed, or the program is ended.
 */
final class Testbed implements AutoCloseable {
  static final List<String> REPLICAS = List.of("order-1", "order-2", "order-3");
  static final List<String> DESKS = List.of("desk-1", "desk-2");
  static final String DATABASE = "database";
  static final String CATALOG = "catalog";
  static final String FRONT_END = "front-end";

  /** Some toys are wanted more than that, so they are refused and restocked all the time. */
  private static final int STOCK = 150;

  private static final int RESTOCK_PERIOD_MS = 1_500;
  private static final Duration UNTIL_LED = Duration.ofSeconds(15);

  private volatile Optional<DrillNetwork> wiring = Optional.empty();
  private final List<Path> smallDisks = new ArrayList<>();
  private final TemporaryStore home =
      TemporaryStore.ownedByCaller(parent(), "toystore-drill", this::undo);
  private LocalStore store = home.store()
      .withStarter(service -> wiring().map(it -> it.starter(service)).orElse(List.of()));
  private boolean canFailFsync;
  private boolean hasReplicas = true;
  private String cutsBy = "";
  private UpOptions up;
  private volatile Spinners spinners = Spinners.start(0);

  private Testbed() {}

  /** Starts the store, with all that the faults of these kinds need. */
  static Testbed start(DrillOptions options) {
    Testbed bed = new Testbed();
    boolean isUp = false;
    try {
      bed.up(options);
      isUp = true;
      return bed;
    } finally {
      if (!isUp) {
        bed.keepLogs();
        bed.close();
      }
    }
  }

  /** Where the stores that are drilled keep their data. */
  static Path parent() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private void up(DrillOptions options) {
    boolean disk = options.faults().contains(FaultKind.DISK);
    if (disk || options.faults().contains(FaultKind.STUCK)) {
      FailingFsync.environment(home.folder().resolve("fsync")).ifPresent(environment -> {
        store = store.withEnvironment(environment);
        canFailFsync = true;
      });
    }
    spinners = Spinners.start(options.spin());
    if (options.faults().contains(FaultKind.CUT)) {
      wire(options.cuts());
    }
    if (disk) {
      Stream.concat(Stream.of(CATALOG), REPLICAS.stream())
          .map(store::data)
          .filter(SmallDisk::mount)
          .forEach(smallDisks::add);
    }
    hasReplicas = options.engine().hasReplicas();
    UpOptions tailored = UpOptions.defaults()
        .withEngine(options.engine())
        .withStock(STOCK)
        .withFreePorts()
        .withTailoring(this::tailor);
    up = options.lib().map(tailored::withLib).orElse(tailored);
    store.up(up);
  }

  private void wire(CutMeans means) {
    if (means != CutMeans.LINES) {
      Namespaces namespaces = new Namespaces();
      // Known before it is made, so that whatever happens meanwhile removes it.
      wiring = Optional.of(namespaces);
      Optional<String> missing = namespaces.open();
      if (missing.isEmpty()) {
        cutsBy = namespaces.inWords();
        return;
      }
      if (means == CutMeans.NAMESPACES) {
        throw new OperationFailed("no cuts by network namespaces here: " + missing.get());
      }
      namespaces.close();
      cutsBy = " (no network namespaces: " + missing.get() + ")";
    }
    Lines lines = new Lines();
    wiring = Optional.of(lines);
    cutsBy = lines.inWords() + cutsBy;
  }

  private void tailor(Service service, ObjectNode conf) {
    if (service.kind() == Service.ServiceKind.CATALOG
        || service.kind() == Service.ServiceKind.DESK) {
      conf.put("restockPeriodMs", RESTOCK_PERIOD_MS);
    }
    wiring.ifPresent(it -> it.tailor(service, conf));
  }

  /** Something went wrong that the report alone does not explain. Says where the logs will be. */
  Path keepLogs() {
    return home.keepLogs();
  }

  LocalStore store() {
    return store;
  }

  URI address() {
    return store.addresses().get(0);
  }

  int restocksTo() {
    return STOCK;
  }

  Optional<DrillNetwork> wiring() {
    return wiring;
  }

  /** What cuts are made by, in words; empty when there are none. */
  String cutsBy() {
    return cutsBy;
  }

  /** Only one that is small by itself: never the machine's own. */
  boolean canFillDisk(String service) {
    return smallDisks.contains(store.data(service));
  }

  boolean canFailFsync() {
    return canFailFsync;
  }

  SmallDisk disk(String service) {
    return SmallDisk.at(store.data(service));
  }

  /** Those of which one leads: replicas, or desks. */
  List<String> replicas() {
    return hasReplicas ? REPLICAS : DESKS;
  }

  /** The replica that leads; waits for one. */
  String leader() {
    if (!TimeLimit.await(UNTIL_LED, () -> store.status().leader().isPresent())) {
      throw new StoreFailed("no replica leads within " + UNTIL_LED.toSeconds() + " s");
    }
    return store.status().leader().orElseThrow();
  }

  CrashPoints crashPoints() {
    return new CrashPoints(home.storeFolder());
  }

  boolean isDown(String service) {
    return store.status().of(service).state() == ServiceStatus.ServiceState.DOWN;
  }

  /** All services crash, and start from what their files hold. */
  void restartAll() {
    String first = hasReplicas ? CATALOG : DATABASE;
    store.kill(first);
    replicas().forEach(store::kill);
    try {
      // Something of the store must run, or it would come back on other ports.
      store.start(first);
      store.kill(FRONT_END);
      store.up(up);
    } catch (OperationFailed e) {
      throw new StoreFailed("the store does not start again after all its services were killed", e);
    }
  }

  @Override
  public void close() {
    spinners.close();
    home.close();
  }

  private void undo() {
    wiring.ifPresent(DrillNetwork::close);
    smallDisks.forEach(SmallDisk::unmount);
  }
}
